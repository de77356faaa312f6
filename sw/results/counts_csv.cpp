// SPDX-License-Identifier: Apache-2.0
#include "sw/results/counts_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "sw/format/errors.h"
#include "sw/results/csv_lines.h"

namespace airnn {

namespace {

std::vector<PricedAction> columns_of(const std::vector<PricedAction>& counted) {
  std::vector<PricedAction> columns;
  std::copy_if(
      counted.begin(), counted.end(), std::back_inserter(columns),
      [](const PricedAction& what) { return row_of(what.action).group != ActionGroup::request; });
  return columns;
}

std::string header_of(const std::vector<PricedAction>& columns) {
  std::string header = "index";
  for (const PricedAction& column : columns) {
    header += "," + column.name();
  }
  return header;
}

/// Only digits, and no more than fit.
bool parse(const std::string& text, std::uint64_t& value) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && rest == end;
}

}  // namespace

std::string counts_csv(const std::vector<InputCounts>& inputs,
                       const std::vector<PricedAction>& counted) {
  const std::vector<PricedAction> columns = columns_of(counted);
  std::string text = header_of(columns) + "\n";
  for (const InputCounts& input : inputs) {
    text += std::to_string(input.index);
    for (const PricedAction& column : columns) {
      text += "," + std::to_string(input.counts[column]);
    }
    text += "\n";
  }
  return text;
}

std::vector<InputCounts> parse_counts_csv(const std::string& text, const std::string& name,
                                          const std::vector<PricedAction>& counted) {
  const std::vector<PricedAction> columns = columns_of(counted);
  const std::vector<std::string> lines = csv_lines(text);
  const std::string header = header_of(columns);
  if (lines.empty() || lines.front() != header) {
    throw UserError(name + ":1: expected the columns " + header);
  }
  std::vector<InputCounts> inputs;
  for (std::size_t n = 1; n < lines.size(); ++n) {
    InputCounts input;
    const std::vector<std::string> values = csv_values(lines[n]);
    bool is_good = values.size() == columns.size() + 1 && parse(values[0], input.index);
    for (std::size_t i = 0; is_good && i < columns.size(); ++i) {
      is_good = parse(values[i + 1], input.counts[columns[i]]);
    }
    if (!is_good) {
      throw UserError(fmt::format("{}:{}: expected {} counts, separated by commas", name, n + 1,
                                  columns.size() + 1));
    }
    inputs.push_back(input);
  }
  return inputs;
}

}  // namespace airnn
