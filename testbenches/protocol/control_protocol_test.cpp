// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "testbenches/support/random_machine.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

enum State { boot, idle, reset, load_input, fetch, drain, configure, compute, await, finish };

/// The rules of the control units, each looked at by itself and without any twin.
class ControlProtocol : public SimTest, public testing::WithParamInterface<World> {
 protected:
  void simulate() {
    for (std::uint64_t i = 0; i < 10; ++i) {
      machines_.push_back(std::make_unique<RandomMachine>(1000 + i, GetParam()));
      machines_.back()->params.prediction = static_cast<Prediction>(i % 3);
      machines_.back()->build(clock_);
    }
    run();
    for (const auto& machine : machines_) {
      traces_.push_back(machine->bench->events());
      ASSERT_EQ(traces_.back().results.size(), machine->bench->inputs())
          << machine->bench->controller->waiting_for();
    }
  }

  std::vector<std::unique_ptr<RandomMachine>> machines_;
  std::vector<MachineTrace> traces_;
};

/// Addresses of the bursts of an array, each once.
void add_bursts(std::uint64_t address, std::uint64_t bytes, std::multiset<std::uint64_t>* bursts) {
  for (std::uint64_t at = 0; at < bytes; at += 64) {
    bursts->insert(address + at);
  }
}

bool is_table(const Section& section) {
  return section.kind >= SectionKind::kernel_index && section.kind <= SectionKind::kernel_block;
}

std::multiset<std::uint64_t> bursts_of_batch(const MemoryImage& image, int iteration) {
  std::multiset<std::uint64_t> bursts;
  for (const Section& section : image.sections()) {
    const bool of_iteration = section.iteration == iteration && !is_table(section);
    const bool of_base =
        section.kind == SectionKind::dense_value || section.kind == SectionKind::line_dense;
    if (of_iteration || of_base) {
      add_bursts(section.offset, section.bytes, &bursts);
    }
  }
  return bursts;
}

std::multiset<std::uint64_t> bursts_of_tables(const MemoryImage& image, int iteration) {
  std::multiset<std::uint64_t> bursts;
  for (const Section& section : image.sections()) {
    if (section.iteration == iteration && is_table(section)) {
      add_bursts(section.offset, section.bytes, &bursts);
    }
  }
  return bursts;
}

std::multiset<std::uint64_t> bursts_of_boot(const MemoryImage& image) {
  std::multiset<std::uint64_t> bursts;
  add_bursts(0, image.sections().front().offset, &bursts);
  for (const Section& section : image.sections()) {
    if (section.kind == SectionKind::bias || section.kind == SectionKind::codebook ||
        section.kind == SectionKind::match_row) {
      add_bursts(section.offset, section.bytes, &bursts);
    }
  }
  return bursts;
}

/// A state and what was read while it lasted.
struct Stay {
  int state = boot;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  Cycle begin = 0;
  std::multiset<std::uint64_t> reads;
};

std::vector<Stay> stays_of(const MachineTrace& trace) {
  std::vector<Stay> stays;
  std::size_t next_read = 0;
  for (std::size_t i = 0; i < trace.states.size(); ++i) {
    const auto& [begin, state, input, iteration] = trace.states[i];
    const Cycle end = i + 1 < trace.states.size() ? std::get<0>(trace.states[i + 1]) : kNever;
    stays.push_back({state, input, iteration, begin, {}});
    while (next_read < trace.reads.size() && std::get<0>(trace.reads[next_read]) < end) {
      stays.back().reads.insert(std::get<1>(trace.reads[next_read++]));
    }
  }
  return stays;
}

TEST_P(ControlProtocol, StatesFollowEachOtherAsTheTableSays) {
  simulate();
  const std::map<int, std::set<int>> next = {
      {boot, {idle}},           {idle, {reset}},      {reset, {load_input}},  {load_input, {fetch}},
      {fetch, {drain}},         {drain, {configure}}, {configure, {compute}}, {compute, {await}},
      {await, {fetch, finish}}, {finish, {idle}}};
  for (const MachineTrace& trace : traces_) {
    const std::vector<Stay> stays = stays_of(trace);
    ASSERT_EQ(stays.front().state, boot);
    ASSERT_EQ(stays.back().state, idle);
    for (std::size_t i = 0; i + 1 < stays.size(); ++i) {
      EXPECT_EQ(next.at(stays[i].state).count(stays[i + 1].state), 1U)
          << stays[i].state << " is followed by " << stays[i + 1].state;
    }
  }
}

TEST_P(ControlProtocol, ResetsOncePerInputBeforeItsFirstFetch) {
  simulate();
  for (const MachineTrace& trace : traces_) {
    std::map<std::uint32_t, std::vector<Cycle>> resets;
    for (const auto& [cycle, kind, input, iteration] : trace.control) {
      if (kind == 0) {
        resets[input].push_back(cycle);
      }
    }
    ASSERT_EQ(resets.size(), trace.results.size());
    for (const Stay& stay : stays_of(trace)) {
      if (stay.state == load_input) {
        ASSERT_EQ(resets[stay.input].size(), 1U);
        EXPECT_LE(resets[stay.input].front(), stay.begin);
      }
    }
  }
}

TEST_P(ControlProtocol, ReadsEachBurstOfABatchOnceAndNothingElse) {
  simulate();
  for (std::size_t m = 0; m < traces_.size(); ++m) {
    const MemoryImage& image = machines_[m]->image;
    std::uint32_t last_iteration = 0;
    for (const Stay& stay : stays_of(traces_[m])) {
      std::multiset<std::uint64_t> expected;
      if (stay.state == boot) {
        expected = bursts_of_boot(image);
      } else if (stay.state == load_input) {
        add_bursts(machines_[m]->bench->input_address(stay.input),
                   static_cast<std::uint64_t>(image.network().input.size()) * 4, &expected);
        last_iteration = 0;
      } else if (stay.state == fetch) {
        EXPECT_EQ(stay.iteration, last_iteration + 1) << "batches come in order";
        last_iteration = stay.iteration;
        expected = bursts_of_batch(image, static_cast<int>(stay.iteration));
      } else if (stay.state == configure) {
        expected = bursts_of_tables(image, static_cast<int>(stay.iteration));
      }
      EXPECT_EQ(stay.reads, expected) << "machine " << m << ", state " << stay.state;
    }
  }
}

/// What travels for a weight of the layer: its number in the codebook as a byte, if there is one.
std::int32_t word_of(const std::vector<std::int32_t>& codebook, std::int32_t weight) {
  return codebook.empty()
             ? weight
             : static_cast<std::int8_t>(std::find(codebook.begin(), codebook.end(), weight) -
                                        codebook.begin());
}

/// The tables of a layer's bins: centres, then the rows in words of four bytes.
std::vector<std::int32_t> table_words(const MemoryImage& image, std::uint16_t layer) {
  std::vector<std::int32_t> words = image.codebook(layer);
  if (const Section* section = image.find(SectionKind::match_row, layer, 0, 0)) {
    for (std::uint64_t at = 0; at < section->bytes; at += 4) {
      words.push_back(
          static_cast<std::int32_t>(load_little_endian(image.content(*section).data + at, 4)));
    }
  }
  return words;
}

/// Words of a layer in the order in which they have to arrive: biases and tables, then batch by
/// batch.
std::vector<PlacedWord> expected_words(const RandomMachine& machine, const MachineTrace& trace,
                                       std::uint32_t l) {
  const MemoryImage& image = machine.image;
  const BufferMap map(image.network().layers[l]);
  const auto columns = static_cast<std::uint32_t>(image.network().layers[l].columns);
  std::vector<PlacedWord> words;
  std::uint32_t row = 0;
  for (const std::int64_t bias : image.biases(static_cast<std::uint16_t>(l))) {
    words.push_back({map.slot(row, columns), static_cast<std::int32_t>(bias)});
    words.push_back({map.slot(row++, columns + 1), static_cast<std::int32_t>(bias >> 32)});
  }
  const std::vector<std::int32_t> codebook = image.codebook(static_cast<std::uint16_t>(l));
  std::uint32_t table = 0;
  for (const std::int32_t word : table_words(image, static_cast<std::uint16_t>(l))) {
    words.push_back({map.slot(row, table++), word});
  }
  for (const auto& [cycle, score, prediction, iterations] : trace.results) {
    std::uint32_t index = 0;
    for (const std::int32_t weight : image.dense_weights(static_cast<std::uint16_t>(l))) {
      words.push_back({map.slot(index / columns, index % columns), word_of(codebook, weight)});
      ++index;
    }
    for (std::uint16_t i = 1; image.info().scheme != Scheme::base && i <= iterations; ++i) {
      for (std::uint16_t c = 0; c < 2; ++c) {
        for (const CrsWeight& weight : image.cluster(i, c).weights()) {
          if (weight.layer == l) {
            words.push_back({map.slot(weight.row, weight.column), word_of(codebook, weight.value)});
          }
        }
      }
    }
  }
  return words;
}

TEST_P(ControlProtocol, PlacesEveryWordOnceWhereItsIndicesSay) {
  simulate();
  for (std::size_t m = 0; m < traces_.size(); ++m) {
    const RandomMachine& machine = *machines_[m];
    std::size_t port = 0;
    for (std::uint32_t l = 0; l < machine.image.network().layers.size(); ++l) {
      if (!machine.image.network().layers[l].has_weights()) {
        continue;
      }
      const std::vector<PlacedWord> expected = expected_words(machine, traces_[m], l);
      const std::vector<PlacedWord>& words = machine.bench->words(port++);
      ASSERT_EQ(words.size(), expected.size()) << "machine " << m << ", layer " << l;
      for (std::size_t i = 0; i < words.size(); ++i) {
        ASSERT_EQ(words[i].slot, expected[i].slot) << "machine " << m << ", layer " << l;
        ASSERT_EQ(words[i].value, expected[i].value) << "machine " << m << ", layer " << l;
      }
    }
  }
}

TEST_P(ControlProtocol, HandsOverEveryElementOfTheInputMap) {
  simulate();
  for (std::size_t m = 0; m < traces_.size(); ++m) {
    std::vector<std::int32_t> expected;
    for (std::uint32_t input = 0; input < machines_[m]->bench->inputs(); ++input) {
      const auto map = input_map_of(machines_[m]->image.network(), input);
      expected.insert(expected.end(), map.begin(), map.end());
    }
    EXPECT_EQ(machines_[m]->bench->input_elements(), expected);
  }
}

TEST_P(ControlProtocol, StartsALayerOnlyWhenTheBatchIsPlaced) {
  simulate();
  for (const MachineTrace& trace : traces_) {
    std::vector<Cycle> starts;
    for (const auto& [cycle, kind, input, iteration] : trace.control) {
      if (kind == 2) {
        starts.push_back(cycle);
      }
    }
    std::size_t next = 0;
    for (const Stay& stay : stays_of(trace)) {
      if (stay.state != compute) {
        continue;
      }
      const Cycle started = starts.at(next++);
      EXPECT_EQ(started, stay.begin + 1);
      for (const auto& layer : trace.placements) {
        for (const auto& [arrival, pop, count] : layer) {
          // What arrived before this start was taken before it, and nothing comes while computing.
          EXPECT_TRUE(pop < started || arrival > started);
        }
      }
    }
    EXPECT_EQ(next, starts.size());
  }
}

TEST_P(ControlProtocol, EndsAnInputByScoreOrLastBatchAndNeverLater) {
  simulate();
  for (std::size_t m = 0; m < traces_.size(); ++m) {
    const RandomMachine& machine = *machines_[m];
    const auto last = static_cast<std::uint32_t>(machine.image.info().iterations);
    std::size_t decision = 0;
    for (std::uint32_t input = 0; input < machine.bench->inputs(); ++input) {
      const auto& [cycle, score, prediction, iterations] = traces_[m].results[input];
      for (std::uint32_t i = 1; i <= iterations; ++i) {
        const auto& outputs = machine.params.outputs[input * last + i - 1];
        const std::int64_t margin = std::abs(outputs[0] - outputs[1]);
        const bool ends = i == last || (margin >= machine.params.score.threshold &&
                                        i >= machine.params.score.min_iterations);
        ASSERT_LT(decision, traces_[m].decisions.size());
        EXPECT_EQ(std::get<3>(traces_[m].decisions[decision]), ends);
        EXPECT_EQ(std::get<1>(traces_[m].decisions[decision]), margin);
        EXPECT_EQ(ends, i == iterations) << "input " << input << ", iteration " << i;
        ++decision;
      }
      EXPECT_EQ(score, std::get<1>(traces_[m].decisions[decision - 1]));
      EXPECT_EQ(prediction, std::get<2>(traces_[m].decisions[decision - 1]));
    }
    EXPECT_EQ(decision, traces_[m].decisions.size()) << "one decision per iteration";
  }
}

/// Only a memory that defers can tell how many reads are in flight.
class OutstandingReads : public ControlProtocol {};

TEST_P(OutstandingReads, AreNoMoreThanAllowedAndKeepTheBaseProtocol) {
  simulate();
  for (const auto& machine : machines_) {
    EXPECT_LE(machine->bench->memory_stub->most_in_flight(), machine->twin.outstanding_reads);
    EXPECT_EQ(machine->bench->protocol_violations(), "");
  }
}

std::string name_of(const testing::TestParamInfo<World>& test) {
  return to_string(test.param);
}

INSTANTIATE_TEST_SUITE_P(All, ControlProtocol,
                         testing::Values(World::trains, World::single_items, World::stalling,
                                         World::deferring, World::crossing),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Deferred, OutstandingReads,
                         testing::Values(World::deferring, World::crossing), name_of);

}  // namespace
}  // namespace airnn::test
