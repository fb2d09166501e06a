// Spotify's Annoy, measured for OriginalComparison, which compiles this against the headers of the original.
//   original build VECTORS DIMENSION TREES THREADS INDEX            prints seconds of CPU and on the clock
//   original search INDEX DIMENSION QUERIES WANTED SEARCH_K         prints a line a query: nanoseconds of CPU, then ids
// VECTORS and QUERIES are float32, one vector after another.
#include <ctime>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#define ANNOYLIB_MULTITHREADED_BUILD
#include <annoylib.h>
#include <kissrandom.h>
namespace Annoy {} // older headers have none
using namespace Annoy;

typedef AnnoyIndex<int32_t, float, Angular, Kiss64Random, AnnoyIndexMultiThreadedBuildPolicy> Index;

static std::vector<float> floats(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  fseek(file, 0, SEEK_END);
  std::vector<float> all(ftell(file) / sizeof(float));
  rewind(file);
  if (fread(all.data(), sizeof(float), all.size(), file) != all.size()) { perror(path); exit(1); }
  fclose(file);
  return all;
}

static int64_t nanoseconds(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc == 7 && !strcmp(argv[1], "build")) {
    std::vector<float> vectors = floats(argv[2]);
    int dimension = atoi(argv[3]);
    int64_t begun = nanoseconds(CLOCK_MONOTONIC);
    int64_t begunCpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
    Index index(dimension);
    for (size_t row = 0; row < vectors.size() / dimension; row++) index.add_item(row, &vectors[row * dimension]);
    if (!index.build(atoi(argv[4]), atoi(argv[5])) || !index.save(argv[6])) return 1;
    printf("%.6f %.6f\n", (nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - begunCpu) / 1e9, (nanoseconds(CLOCK_MONOTONIC) - begun) / 1e9);
    return 0;
  }
  if (argc == 7 && !strcmp(argv[1], "search")) {
    int dimension = atoi(argv[3]);
    std::vector<float> queries = floats(argv[4]);
    Index index(dimension);
    if (!index.load(argv[2])) return 1;
    std::vector<int32_t> ids;
    std::vector<float> distances;
    for (size_t query = 0; query < queries.size() / dimension; query++) {
      ids.clear();
      distances.clear();
      int64_t begun = nanoseconds(CLOCK_THREAD_CPUTIME_ID);
      index.get_nns_by_vector(&queries[query * dimension], atoi(argv[5]), atoi(argv[6]), &ids, &distances);
      printf("%lld", (long long) (nanoseconds(CLOCK_THREAD_CPUTIME_ID) - begun));
      for (int32_t id : ids) printf(" %d", id);
      printf("\n");
    }
    return 0;
  }
  fprintf(stderr, "see the first lines of original.cpp\n");
  return 2;
}
