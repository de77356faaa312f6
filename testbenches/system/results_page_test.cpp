// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

/// docs/results.md is what `airnn report` wrote of a whole evaluation, which takes half an hour.
/// What needs no simulation is done again here.
class ResultsPage : public CliTest {
 protected:
  using Row = std::vector<std::string>;

  static Row cells_of(const std::string& line) {
    Row cells;
    std::istringstream text(line);
    std::string cell;
    std::getline(text, cell, '|');
    while (std::getline(text, cell, '|')) {
      cells.push_back(cell.substr(1, cell.size() - 2));
    }
    return cells;
  }

  /// Of the first table in a section that has these columns, their cells.
  static std::vector<Row> numbers(const std::string& page, const std::string& section,
                                  const Row& columns) {
    std::istringstream lines(page);
    std::vector<Row> rows;
    std::vector<std::size_t> places;
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
      inside = line.rfind("## ", 0) == 0 ? line == "## " + section : inside;
      const bool is_row = inside && !line.empty() && line[0] == '|';
      if (!is_row) {
        if (!rows.empty()) {
          break;
        }
        places.clear();
      } else if (places.empty()) {
        const Row titles = cells_of(line);
        for (const std::string& column : columns) {
          const auto found = std::find(titles.begin(), titles.end(), column);
          places.push_back(static_cast<std::size_t>(found - titles.begin()));
        }
      } else if (line.rfind("|---", 0) != 0) {
        const Row cells = cells_of(line);
        Row row;
        for (const std::size_t place : places) {
          row.push_back(place < cells.size() ? cells[place] : "");
        }
        if (!row.back().empty()) {
          rows.push_back(row);
        }
      }
    }
    return rows;
  }
};

TEST_F(ResultsPage, HasTheNumbersThatTheProgramGivesNow) {
  setenv("AIRNN_DATA", path("unused").c_str(), 1);
  std::ifstream file(source_path("docs/results.md"));
  const std::string page((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  for (const std::string name : {"figure10", "table4", "table5", "table6"}) {
    SCOPED_TRACE(name);
    good({"evaluate", source_path("configs/experiments/") + name + ".yaml", "--out", name, "-q"});
    good({"report", name, "-o", name + ".html", "--markdown", name + ".md"});
    const std::string fresh = bytes_of(name + ".md");
    const std::string title = fresh.substr(2, fresh.find('\n') - 2);
    const Row columns = {"iteration", "paper", "ours", "ours / paper"};
    const std::vector<Row> due = numbers(fresh, title, columns);
    EXPECT_FALSE(due.empty());
    EXPECT_EQ(numbers(page, title, columns), due);
  }
}

}  // namespace
}  // namespace airnn::test
