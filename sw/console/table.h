// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace airnn {

/// A table as plain text: columns as wide as needed, two spaces between them.
class Table {
 public:
  enum class Align { left, right };
  struct Column {
    std::string title;
    Align align = Align::right;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell per column.
  void add_row(std::vector<std::string> cells);
  /// Title line and rows, each ended by a line break, without trailing spaces.
  std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// An integer with a comma after every three digits.
std::string grouped(long long number);
/// The same for what cannot be negative.
std::string count_text(std::uint64_t number);

}  // namespace airnn
