// SPDX-License-Identifier: Apache-2.0
#include "sw/console/table.h"

#include <algorithm>
#include <cstddef>

#include "sw/console/console.h"

namespace airnn {

namespace {

/// Characters, not bytes: names may be UTF-8.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

}  // namespace

void Table::add_row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  std::transform(cells.begin(), cells.end(), cells.begin(), one_line);
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<std::string> titles;
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) {
    titles.push_back(column.title);
    widths.push_back(width_of(column.title));
  }
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(row[i]));
    }
  }
  std::string text;
  const auto append_line = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string padding(widths[i] - width_of(cells[i]), ' ');
      line += i == 0 ? "" : "  ";
      line += columns_[i].align == Align::left ? cells[i] + padding : padding + cells[i];
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  };
  append_line(titles);
  for (const auto& row : rows_) {
    append_line(row);
  }
  return text;
}

std::string grouped(long long number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t i = digits.size(); i > first + 3;) {
    i -= 3;
    digits.insert(i, ",");
  }
  return digits;
}

std::string count_text(std::uint64_t number) {
  return grouped(static_cast<long long>(number));
}

}  // namespace airnn
