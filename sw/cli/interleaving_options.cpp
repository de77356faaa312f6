// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/interleaving_options.h"

#include <fmt/format.h>

#include <cstdint>
#include <limits>

#include "sw/cli/option_values.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr const char* kPolicy = "--policy";
constexpr const char* kBlocks = "--blocks";
constexpr const char* kGrouping = "--grouping";
constexpr const char* kIterations = "--interleaved-iterations";

int blocks_from(const std::string& text) {
  std::vector<NamedValue<int>> choices{{"auto", 0}};
  for (int blocks = 1; blocks <= static_cast<int>(kMaxBlocks); blocks *= 2) {
    choices.push_back({std::to_string(blocks), blocks});
  }
  return choice_option<int>(kBlocks, text, choices);
}

}  // namespace

void InterleavingOptions::add_to(Options& command) {
  command_ = &command;
  const auto add = [&](const char* name, std::string& value, const char* help, const char* type) {
    command.add_option(name, value, help)
        ->capture_default_str()
        ->type_name(type)
        ->group("Interleaving (--scheme interleaved)");
  };
  add(kPolicy, policy_, "Which kernels fit together", "block|block_fixed|position");
  add(kBlocks, blocks_, "Blocks of a channel's multipliers, a power of two; auto: by layer",
      "auto|N");
  add(kGrouping, grouping_, "greedy: the paper's method; best: the best of several", "greedy|best");
  add(kIterations, iterations_, "So many are interleaved, from the first on", "N");
}

InterleaveOptions InterleavingOptions::read(Scheme scheme) const {
  for (const char* name : {kPolicy, kBlocks, kGrouping, kIterations}) {
    if (scheme != Scheme::interleaved && command_->option(name).given()) {
      throw UserError(fmt::format("{}: belongs to --scheme interleaved; the scheme is {}", name,
                                  to_string(scheme)));
    }
  }
  InterleaveOptions options;
  options.policy = choice_option<InterleavePolicy>(kPolicy, policy_,
                                                   {{"block", InterleavePolicy::block},
                                                    {"block_fixed", InterleavePolicy::block_fixed},
                                                    {"position", InterleavePolicy::position}});
  if (options.policy == InterleavePolicy::position && command_->option(kBlocks).given()) {
    throw UserError(fmt::format("{}: policy position has no blocks", kBlocks));
  }
  options.blocks = blocks_from(blocks_);
  options.grouping = choice_option<GroupingMethod>(
      kGrouping, grouping_, {{"greedy", GroupingMethod::greedy}, {"best", GroupingMethod::best}});
  options.iterations = static_cast<int>(
      integer_option(kIterations, iterations_, 1, std::numeric_limits<std::int16_t>::max()));
  return options;
}

}  // namespace airnn
