package io.facelogin.web.people;

import io.facelogin.web.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who is enrolled, for viewers. */
@RestController
@RequestMapping("/api/v1/people")
@Tag(name = "people")
class PeopleController {

  private static final int PAGE_SIZE = 50;

  private final PersonRepository people;

  PeopleController(PersonRepository people) {
    this.people = people;
  }

  record Page(List<Person> people, int total, int page, int pageSize) {}

  @Operation(summary = "Lists who is enrolled, by name; q is part of a name or mail")
  @GetMapping
  Page list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "0") int page) {
    int number = Math.min(Math.max(page, 0), 1_000_000);
    PersonRepository.Found found = people.search(q, number * PAGE_SIZE, PAGE_SIZE);
    return new Page(found.people(), found.total(), number, PAGE_SIZE);
  }

  @Operation(
      summary = "Counts the rows about this id, by table; also of somebody erased",
      description = "The audit keeps its entries, which have the id alone.")
  @GetMapping("/{id}/traces")
  Map<String, Integer> traces(@PathVariable UUID id) {
    return people.rowsOf(id);
  }

  @Operation(summary = "Says who has this id")
  @GetMapping("/{id}")
  Person one(@PathVariable UUID id) {
    return people
        .enrolled(id)
        .orElseThrow(() -> Problem.notFound("Nobody with the id " + id + " is enrolled."));
  }
}
