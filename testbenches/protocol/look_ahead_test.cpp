// SPDX-License-Identifier: Apache-2.0
#include "hw/common/look_ahead.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <sstream>
#include <tuple>
#include <vector>

#include "hw/observe/dram/dram_account.h"
#include "hw/sim/dram_energy.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/random_machine.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

/// Everything a memory did, with its cycles.
struct MemoryTrace {
  /// (cycle, command, rank, bank, row, column)
  std::vector<std::tuple<Cycle, int, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>>
      commands;
  /// (arrival, completion, outcome)
  std::vector<std::tuple<Cycle, Cycle, int>> served;
  /// Counts and cycles in power states of every state of the controller.
  std::vector<std::vector<std::uint64_t>> parts;
};

std::vector<std::uint64_t> numbers_of(const DramCounts& counts) {
  std::vector<std::uint64_t> numbers = {counts.reads, counts.writes};
  numbers.insert(numbers.end(), counts.commands.begin(), counts.commands.end());
  numbers.insert(numbers.end(), counts.outcomes.begin(), counts.outcomes.end());
  numbers.insert(numbers.end(), counts.state_cycles.begin(), counts.state_cycles.end());
  return numbers;
}

std::vector<std::pair<std::uint32_t, std::int32_t>> numbers_of(
    const std::vector<PlacedWord>& words) {
  std::vector<std::pair<std::uint32_t, std::int32_t>> numbers;
  for (const PlacedWord& word : words) {
    numbers.emplace_back(word.slot, word.value);
  }
  return numbers;
}

/// A random machine on DDR3 that runs several inputs, once with a memory that goes ahead and once
/// with one that is stepped. Nobody holds up what the controller sends, so that it goes ahead
/// wherever the memory does.
struct Pair {
  Pair(std::uint64_t number, Prefetch prefetch, std::uint64_t fabric_ps)
      : machine(number, World::trains),
        clock(sc_core::sc_time(static_cast<double>(fabric_ps), sc_core::SC_PS)) {
    ControlBenchParams params = machine.params;
    params.ddr3 = random_ddr3(number);
    params.controller.prefetch = prefetch;
    params.prediction = static_cast<Prediction>(number % 3);
    const std::vector<std::vector<std::int32_t>> outputs = params.outputs;
    for (int more = 0; more < 2; ++more) {
      params.outputs.insert(params.outputs.end(), outputs.begin(), outputs.end());
    }
    for (const Ahead ahead : {Ahead::goes, Ahead::refuses}) {
      params.ahead = ahead;
      const std::string name =
          (ahead == Ahead::goes ? "ahead" : "stepped") + std::to_string(number);
      benches.push_back(std::make_unique<ControlBench>(name.c_str(), params, clock, machine.image));
      MemoryTrace* trace = &traces[benches.size() - 1];
      Ddr3Controller& memory = *benches.back()->ddr3_memory;
      memory.on_command.listen([trace](const CommandIssued& e) {
        trace->commands.emplace_back(e.cycle, static_cast<int>(e.command), e.place.rank,
                                     e.place.bank, e.place.row, e.place.column);
      });
      memory.on_served.listen([trace](const RequestServed& e) {
        trace->served.emplace_back(e.arrival, e.complete, static_cast<int>(e.outcome));
      });
      account(*benches.back(), trace);
      if (number % 4 == 3) {
        change_a_weight(*benches.back());
      }
    }
    std::ostringstream words;
    words << "machine " << number << ": " << machine.text() << ", fabric " << fabric_ps << " ps; "
          << text_of(*params.ddr3);
    text = words.str();
  }

  void account(ControlBench& bench, MemoryTrace* trace) {
    Ddr3Controller& memory = *bench.ddr3_memory;
    accounts.push_back(std::make_unique<DramAccount>(
        dram_statistics(memory.part()), [&memory] { return memory.ddr_clock().now(); }));
    DramAccount* told = accounts.back().get();
    memory.listen(*told);
    bench.controller->on_state.listen([this, told, trace, &memory](const StateEntered& e) {
      memory.catch_up(e.cycle);
      trace->parts.push_back(
          numbers_of(told->end_part(memory.ddr_clock().next_edge(clock.duration(e.cycle)))));
    });
  }

  /// Behind the second input: words of known fetches, and with them all that is known of them.
  void change_a_weight(ControlBench& bench) {
    const auto& sections = machine.image.sections();
    const auto values = std::find_if(sections.begin(), sections.end(), [](const Section& section) {
      return section.kind == SectionKind::value && section.bytes > 0;
    });
    if (values == sections.end()) {
      return;
    }
    const std::uint64_t at = values->offset + values->bytes / 2;
    const auto byte = static_cast<std::uint8_t>(machine.image.bytes().data[at] ^ 1);
    bench.controller->on_input.listen([&bench, at, byte](const InputDone& e) {
      if (e.input == 1) {
        bench.store(at, {byte});
      }
    });
  }

  RandomMachine machine;
  ClockDomain clock;
  std::vector<std::unique_ptr<DramAccount>> accounts;
  std::vector<std::unique_ptr<ControlBench>> benches;
  MemoryTrace traces[2];
  std::string text;
};

template <typename Event>
void expect_equal(const char* what, const std::vector<Event>& ahead,
                  const std::vector<Event>& stepped) {
  ASSERT_EQ(ahead.size(), stepped.size()) << what;
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    ASSERT_EQ(ahead[i], stepped[i]) << what << " " << i;
  }
}

class LookAheadOnDdr3 : public SimTest,
                        public testing::WithParamInterface<std::tuple<Prefetch, int>> {};

TEST_P(LookAheadOnDdr3, DoesTheSameInTheSameCyclesAsSteps) {
  constexpr std::uint64_t kMachines = 20;
  const auto [prefetch, part] = GetParam();
  std::vector<std::unique_ptr<Pair>> pairs;
  for (std::uint64_t i = 0; i < kMachines; ++i) {
    const std::uint64_t number = static_cast<std::uint64_t>(part) * kMachines + i;
    constexpr std::uint64_t kPeriods[] = {10000, 5000, 10000, 3333};
    pairs.push_back(std::make_unique<Pair>(number, prefetch, kPeriods[number % 4]));
  }
  run();
  std::uint64_t withheld = 0;
  std::uint64_t trains = 0;
  for (const auto& pair : pairs) {
    SCOPED_TRACE(pair->text);
    ControlBench& ahead = *pair->benches[0];
    ControlBench& stepped = *pair->benches[1];
    for (const auto& bench : pair->benches) {
      EXPECT_EQ(bench->events().results.size(), bench->inputs())
          << bench->controller->waiting_for();
      EXPECT_EQ(bench->protocol_violations(), "");
      bench->ddr3_memory->catch_up(pair->clock.now());
    }
    EXPECT_EQ(difference(ahead.events(), stepped.events()), "");
    expect_equal("command", pair->traces[0].commands, pair->traces[1].commands);
    expect_equal("served", pair->traces[0].served, pair->traces[1].served);
    expect_equal("part", pair->traces[0].parts, pair->traces[1].parts);
    EXPECT_EQ(pair->traces[0].served.size(), ahead.events().reads.size());
    EXPECT_EQ(ahead.input_elements(), stepped.input_elements());
    for (std::size_t port = 0; port < ahead.weight_buffers.size(); ++port) {
      expect_equal("word", numbers_of(ahead.words(port)), numbers_of(stepped.words(port)));
    }
    EXPECT_GT(ahead.ahead_filter->went_ahead(), 0U);
    EXPECT_EQ(stepped.ahead_filter->went_ahead(), 0U);
    EXPECT_LE(ahead.ahead_filter->withheld(), stepped.ahead_filter->withheld());
    // The memory watches a batch of the first input, and knows it from then on.
    trains += ahead.ahead_filter->trains_taken();
    withheld += ahead.ahead_filter->withheld();
  }
  EXPECT_GT(trains, prefetch == Prefetch::none ? 60U : 30U);
  EXPECT_GT(withheld, 20U) << "queues must be full, as that is where look-ahead is hardest";
}

INSTANTIATE_TEST_SUITE_P(All, LookAheadOnDdr3,
                         testing::Combine(testing::Values(Prefetch::none, Prefetch::next),
                                          testing::Range(0, 10)),
                         [](const testing::TestParamInfo<LookAheadOnDdr3::ParamType>& test) {
                           const bool prefetch = std::get<0>(test.param) == Prefetch::next;
                           return std::string(prefetch ? "prefetch_" : "plain_") +
                                  std::to_string(std::get<1>(test.param));
                         });

}  // namespace
}  // namespace airnn::test
