// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/memory/ddr3/dram_run.h"

#include "testbenches/reference/ddr3_channel_twin.h"

namespace airnn::test {

namespace {

std::string text(const CommandIssued& event) {
  const DramPlace& place = event.place;
  return std::string(mnemonic(event.command)) + " in " + std::to_string(event.cycle) + " to rank " +
         std::to_string(place.rank) + " bank " + std::to_string(place.bank) + " row " +
         std::to_string(place.row) + " column " + std::to_string(place.column);
}

std::string text(const RequestServed& event) {
  return std::string(event.is_write ? "write " : "read ") + std::to_string(event.id) +
         " of outcome " + std::to_string(static_cast<int>(event.outcome)) + ", arrived in " +
         std::to_string(event.arrival) + ", complete in " + std::to_string(event.complete);
}

template <typename Event>
std::string first_difference(const std::vector<Event>& events, const std::vector<Event>& expected) {
  for (std::size_t i = 0; i < events.size() || i < expected.size(); ++i) {
    const std::string is = i < events.size() ? text(events[i]) : "nothing";
    const std::string should = i < expected.size() ? text(expected[i]) : "nothing";
    if (is != should) {
      std::string before;
      for (std::size_t j = i < 12 ? 0 : i - 12; j < i; ++j) {
        before += "\n  " + text(events[j]);
      }
      return "number " + std::to_string(i) + ": " + is + "; expected: " + should +
             "; before:" + before;
    }
  }
  return "";
}

}  // namespace

std::string difference(const DramRun& run, const DramRun& expected) {
  const std::string commands = first_difference(run.commands, expected.commands);
  return commands.empty() ? first_difference(run.requests, expected.requests) : commands;
}

DramRun run_twin(const Ddr3ChannelParams& params, const std::vector<DramRequest>& requests,
                 Cycle tail) {
  DramRun run;
  Ddr3ChannelTwin twin(params, run);
  for (auto next = requests.begin(); next != requests.end() || !twin.idle();) {
    if (next != requests.end() && next->arrival <= twin.now() && twin.offer(*next)) {
      ++next;
    }
    twin.tick();
  }
  run.end = twin.now() + tail;
  while (twin.now() < run.end) {
    twin.tick();
  }
  return run;
}

Ddr3Checker checked(const Ddr3ChannelParams& params, const DramRun& run) {
  Ddr3Checker checker(params.part.timing, params.part.geometry, {params.refresh});
  for (const CommandIssued& event : run.commands) {
    checker.check(event);
  }
  checker.finish(run.end);
  return checker;
}

}  // namespace airnn::test
