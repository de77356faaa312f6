// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/counts_csv.h"

#include <fmt/format.h>

#include <charconv>

#include "hw/sim/csv_lines.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

std::vector<std::string> column_names(bool has_dram) {
  std::vector<std::string> names = {"index"};
  for (std::size_t i = 0; i < kActions; ++i) {
    names.emplace_back(to_string(static_cast<Action>(i)));
  }
  names.emplace_back("idle_multiplication");
  if (has_dram) {
    names.insert(names.end(), kDramMnemonics.begin(), kDramMnemonics.end());
    for (std::size_t i = 0; i < kDramPowerStates; ++i) {
      names.emplace_back(to_string(static_cast<DramPowerState>(i)));
    }
  }
  return names;
}

/// The numbers of a row in the order of the columns.
std::vector<std::uint64_t*> fields(InputCounts& input, bool has_dram) {
  Counts& counts = input.counts;
  std::vector<std::uint64_t*> all = {&input.index};
  for (std::uint64_t& count : counts.of) {
    all.push_back(&count);
  }
  all.push_back(&counts.idle_multiplications);
  if (has_dram) {
    for (std::uint64_t& count : counts.dram.commands) {
      all.push_back(&count);
    }
    for (Cycle& cycles : counts.dram.state_cycles) {
      all.push_back(&cycles);
    }
  }
  return all;
}

/// Only digits, and no more than fit.
bool parse(const std::string& text, std::uint64_t& value) {
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && rest == end;
}

}  // namespace

std::string counts_csv(const std::vector<InputCounts>& inputs, bool has_dram) {
  std::string text = fmt::format("{}\n", fmt::join(column_names(has_dram), ","));
  for (InputCounts input : inputs) {
    std::string separator;
    for (const std::uint64_t* field : fields(input, has_dram)) {
      text += separator + std::to_string(*field);
      separator = ",";
    }
    text += "\n";
  }
  return text;
}

std::vector<InputCounts> parse_counts_csv(const std::string& text, const std::string& name,
                                          bool has_dram) {
  const std::vector<std::string> lines = csv_lines(text);
  const std::string header = fmt::format("{}", fmt::join(column_names(has_dram), ","));
  if (lines.empty() || lines.front() != header) {
    throw UserError(name + ":1: expected the columns " + header);
  }
  std::vector<InputCounts> inputs;
  for (std::size_t n = 1; n < lines.size(); ++n) {
    InputCounts input;
    const std::vector<std::uint64_t*> targets = fields(input, has_dram);
    const std::vector<std::string> values = csv_values(lines[n]);
    bool is_good = values.size() == targets.size();
    for (std::size_t i = 0; is_good && i < values.size(); ++i) {
      is_good = parse(values[i], *targets[i]);
    }
    if (!is_good) {
      throw UserError(fmt::format("{}:{}: expected {} counts, separated by commas", name, n + 1,
                                  targets.size()));
    }
    inputs.push_back(input);
  }
  return inputs;
}

}  // namespace airnn
