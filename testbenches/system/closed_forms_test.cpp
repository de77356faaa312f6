// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "hw/sim/mesh_config.h"
#include "hw/sim/simulation.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/preprocess.h"
#include "sw/data/preprocess_file.h"
#include "sw/model/onnx_reader.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/child_process.h"

namespace airnn::test {
namespace {

constexpr std::uint64_t kBurst = 64;

struct LeNetRun {
  MemoryImage image;
  RunRecord record;
};

using Change = std::function<void(AcceleratorParams&)>;

void to_rows(AcceleratorParams& params) {
  params.handoff = Handoff::row;
}

void to_prefetch(AcceleratorParams& params) {
  params.controller.prefetch = Prefetch::next;
}

void to_mesh(AcceleratorParams& params) {
  params.link = mesh_link({});
}

/// LeNet-5 on drawn digits; by default every input runs all iterations. `delta`: its weights are
/// lines of this tolerance.
LeNetRun run_lenet5(Scheme scheme, std::int32_t inputs, const Change& change = {},
                    const std::optional<double>& delta = std::nullopt) {
  const std::string path = source_path("models/lenet5.onnx");
  const Model model = read_onnx(path);
  CompileOptions options;
  options.scheme = scheme;
  options.clusters = parse_cluster_spec("8");
  if (delta) {
    options.weights = WeightForm::line;
    options.lines.delta = *delta;
  }
  options.preprocess = preprocess_beside(path, model.network.input.channels);
  MemoryImage image = MemoryImage::parse(compile(model, options).image, "lenet5");
  AcceleratorParams params = default_params(image);
  params.threshold = 2;
  if (change) {
    change(params);
  }
  const LabelledSet digits = draw_digits(inputs, 3);
  const InputConverter converter(image.network());
  std::int32_t next = 0;
  RunRecord record;
  {
    Simulation simulation(params, image, [&](std::vector<std::int32_t>& map) {
      if (next == inputs) {
        return false;
      }
      map = converter.quantise(digits.images, next++);
      return true;
    });
    record = simulation.run();
  }
  return {std::move(image), std::move(record)};
}

std::uint64_t bursts(std::uint64_t bytes) {
  return (bytes + kBurst - 1) / kBurst;
}

/// Bursts of all sections that `chosen` names.
template <typename Chosen>
std::uint64_t section_bursts(const MemoryImage& image, const Chosen& chosen) {
  std::uint64_t sum = 0;
  for (const Section& section : image.sections()) {
    sum += chosen(section) ? bursts(section.bytes) : 0;
  }
  return sum;
}

std::uint64_t kernels_of(const MemoryImage& image) {
  std::uint64_t sum = 0;
  for (const Layer& layer : image.network().layers) {
    sum += static_cast<std::uint64_t>(layer.kernels);
  }
  return sum;
}

/// Weight words of a batch, as the image's decoder counts them.
std::uint64_t words_of_batch(const MemoryImage& image, int iteration) {
  std::uint64_t sum = 0;
  if (image.info().scheme == Scheme::base) {
    for (std::size_t l = 0; l < image.network().layers.size(); ++l) {
      if (image.network().layers[l].has_weights()) {
        sum += image.dense_weights(static_cast<std::uint16_t>(l)).size();
      }
    }
    return sum;
  }
  for (std::uint16_t cluster = 0; cluster < 2; ++cluster) {
    sum += image.cluster(static_cast<std::uint16_t>(iteration), cluster).value.size();
  }
  return sum;
}

void expect_conserved(const LeNetRun& run, std::uint64_t inputs) {
  const MemoryImage& image = run.image;
  const RunRecord& record = run.record;
  ASSERT_EQ(record.inputs.size(), inputs);
  const auto iterations = static_cast<std::size_t>(image.info().iterations);
  ASSERT_EQ(record.iterations.size(), iterations);

  const std::uint64_t directory = bursts(image.sections().front().offset);
  const std::uint64_t biases = section_bursts(
      image, [](const Section& section) { return section.kind == SectionKind::bias; });
  EXPECT_EQ(record.boot_counts.dram_reads, directory + biases);
  EXPECT_EQ(record.boot_counts.words_placed, 2 * kernels_of(image));

  const bool is_base = image.info().scheme == Scheme::base;
  const std::uint64_t map_bursts =
      bursts(static_cast<std::uint64_t>(image.network().input.size()) * 4);
  std::uint64_t bytes = (directory + biases) * kBurst;
  for (std::size_t i = 0; i < iterations; ++i) {
    const auto in_batch = [&](const Section& section) {
      return is_base ? section.kind == SectionKind::dense_value
                     : section.iteration == i + 1 && section.kind >= SectionKind::value &&
                           section.kind <= SectionKind::layer;
    };
    const std::uint64_t reads = section_bursts(image, in_batch) + (i == 0 ? map_bursts : 0);
    const Counts& counts = record.iterations[i].counts;
    EXPECT_EQ(counts.dram_reads, inputs * reads) << "iteration " << i + 1;
    EXPECT_EQ(counts.dram_bytes(), inputs * reads * kBurst);
    EXPECT_EQ(counts.words_placed, inputs * words_of_batch(image, static_cast<int>(i + 1)));
    EXPECT_EQ(counts[Action::dram_value_word] + counts[Action::dram_index_word] +
                  counts[Action::dram_input_word],
              counts.dram_bytes() / 4);
    EXPECT_EQ(counts[Action::dram_input_word], i == 0 ? inputs * map_bursts * 16 : 0);
    EXPECT_EQ(counts[Action::weight_buffer_write], counts.words_placed);
    bytes += counts.dram_bytes();
  }
  EXPECT_EQ(record.total_counts().dram_bytes(), bytes);
}

/// What an input costs is what its iterations cost, and no unit has more cycles than the run.
void expect_cycles_add_up(const RunRecord& record) {
  std::uint64_t cycles = record.boot_cycles;
  for (const InputRecord& input : record.inputs) {
    cycles += input.cycles;
  }
  EXPECT_EQ(record.total_cycles(), cycles);
  ASSERT_EQ(record.units.size(), record.boot_units.size());
  for (std::size_t i = 0; i < record.units.size(); ++i) {
    UnitRecord unit = record.boot_units[i];
    EXPECT_LE(unit.working + unit.waiting_for_input + unit.waiting_for_credit, record.boot_cycles)
        << unit.name;
    unit.add(record.units[i]);
    EXPECT_LE(unit.working + unit.waiting_for_input + unit.waiting_for_credit, cycles) << unit.name;
    EXPECT_GT(unit.working, 0U) << unit.name;
  }
}

void expect_multiplications_add_up(const LeNetRun& run, std::uint64_t inputs) {
  const std::uint64_t multipliers[] = {25, 25 * 20, 800, 500};
  std::uint64_t done = 0;
  std::uint64_t compared = 0;
  std::uint64_t idle = 0;
  for (std::size_t l = 0; l < run.record.layers.size(); ++l) {
    const Layer& layer = run.image.network().layers[l];
    const std::int64_t positions = std::int64_t{layer.result.height} * layer.result.width;
    for (const IterationRecord& iteration : run.record.iterations) {
      // Maximum of each window, by a comparison less than it has elements.
      compared += layer.pool == PoolKind::max
                      ? iteration.inputs_run * static_cast<std::uint64_t>(layer.output.size()) * 3
                      : 0;
    }
    for (const LayerRecord& record : run.record.layers[l]) {
      EXPECT_EQ(record.multiplications,
                inputs * record.weights * static_cast<std::uint64_t>(positions));
      EXPECT_EQ(record.multiplications + record.idle_multiplications, record.slots * multipliers[l])
          << layer.name;
      EXPECT_EQ(record.slots, inputs * static_cast<std::uint64_t>(positions) * record.groups);
      done += record.multiplications;
      idle += record.idle_multiplications;
    }
  }
  const Counts counts = run.record.total_counts();
  EXPECT_EQ(counts[Action::multiplication], done);
  EXPECT_GT(compared, 0U);
  EXPECT_EQ(counts[Action::addition], done + compared);
  EXPECT_EQ(counts[Action::idle_multiplication], idle);
}

TEST(ClosedForms, LeNet5BaseTakesTheCyclesOfThePaper) {
  const LeNetRun run = run_lenet5(Scheme::base, 2);
  const auto& layers = run.record.layers;
  ASSERT_EQ(layers.size(), 4U);
  EXPECT_EQ(layers[0][0].compute_cycles, 576U * 20 + 8 + 2);
  EXPECT_EQ(layers[1][0].compute_cycles, 64U * 50 + 13 + 2);
  EXPECT_EQ(layers[2][0].compute_cycles, 500U + 13);
  EXPECT_EQ(layers[3][0].compute_cycles, 10U + 12);
  // start to the input buffer, map to the first layer, then layer after layer; the last map to the
  // controller has no cycle of its own.
  const std::uint64_t layers_sum = 576 * 20 + 10 + 64 * 50 + 15 + 513 + 22;
  EXPECT_EQ(run.record.iterations[0].cycles.compute, 2 * (1 + 1 + layers_sum));
  // Softmax over ten classes and the margin.
  EXPECT_EQ(run.record.iterations[0].cycles.score, 2U * (1 + 4 + 2 + 1));
  EXPECT_EQ(run.record.iterations[0].cycles.finish, 2U);
}

TEST(ClosedForms, LeNet5BaseConservesBytesWordsAndCycles) {
  const LeNetRun run = run_lenet5(Scheme::base, 2);
  expect_conserved(run, 2);
  expect_cycles_add_up(run.record);
  expect_multiplications_add_up(run, 2);
  // Dense: every weight of the network, zeros included.
  EXPECT_EQ(run.record.iterations[0].counts.words_placed, 2U * 430500);
}

TEST(ClosedForms, LeNet5IterativeConservesBytesWordsAndCycles) {
  const LeNetRun run = run_lenet5(Scheme::iterative, 2);
  ASSERT_EQ(run.record.iterations.size(), 4U);
  expect_conserved(run, 2);
  expect_cycles_add_up(run.record);
  expect_multiplications_add_up(run, 2);
}

/// One input through LeNet-5, in a process of its own.
RunRecord in_other_process(const Change& change) {
  return decode_record(in_child(
      [&change] { return encode_record(run_lenet5(Scheme::iterative, 1, change).record); }));
}

/// The same fetch begins one cycle after *start* instead of with the decision; what is left of it
/// then is the cost, and Configure.
TEST(ClosedForms, LeNet5WithPrefetchHidesTheFetchBehindTheComputation) {
  const RunRecord plain = in_other_process({});
  const LeNetRun run = run_lenet5(Scheme::iterative, 1, to_prefetch);
  expect_conserved(run, 1);
  expect_cycles_add_up(run.record);
  expect_multiplications_add_up(run, 1);
  std::uint64_t hidden_fully = 0;
  for (std::size_t i = 0; i < run.record.iterations.size(); ++i) {
    const PhaseCycles& due = plain.iterations[i].cycles;
    const PhaseCycles& got = run.record.iterations[i].cycles;
    EXPECT_EQ(got.load, due.load);
    EXPECT_EQ(got.compute, due.compute);
    EXPECT_EQ(got.score, due.score);
    EXPECT_EQ(got.finish, due.finish);
    if (i == 0) {
      EXPECT_EQ(got.fetch, due.fetch);
      continue;
    }
    const PhaseCycles& before = plain.iterations[i - 1].cycles;
    const std::uint64_t overlap = before.compute + before.score - 1;
    EXPECT_EQ(got.fetch, due.fetch > overlap ? due.fetch - overlap : 1) << "iteration " << i + 1;
    hidden_fully += got.fetch == 1 ? 1 : 0;
  }
  EXPECT_GT(hidden_fully, 0U);
  EXPECT_LT(hidden_fully, run.record.iterations.size() - 1) << "some fetch must outlast its cover";
}

/// What a needless prefetch read counts where it happened.
TEST(ClosedForms, LeNet5PaysForABatchThatItDoesNotNeed) {
  const auto stop_at_once = [](AcceleratorParams& params) { params.threshold = 0; };
  const RunRecord plain = in_other_process(stop_at_once);
  const LeNetRun run = run_lenet5(Scheme::iterative, 1, [&](AcceleratorParams& params) {
    stop_at_once(params);
    to_prefetch(params);
  });
  ASSERT_EQ(run.record.inputs[0].iterations, 1U);
  expect_cycles_add_up(run.record);
  const std::uint64_t needless = section_bursts(run.image, [](const Section& section) {
    return section.iteration == 2 && section.kind >= SectionKind::value &&
           section.kind <= SectionKind::layer;
  });
  // The second batch is read in fewer cycles than the first computation takes.
  const IterationRecord& due = plain.iterations[0];
  const IterationRecord& got = run.record.iterations[0];
  EXPECT_EQ(got.counts.dram_reads, due.counts.dram_reads + needless);
  EXPECT_EQ(got.counts.words_placed, due.counts.words_placed + words_of_batch(run.image, 2));
  EXPECT_EQ(got.counts[Action::multiplication], due.counts[Action::multiplication]);
  EXPECT_EQ(got.cycles.total(), due.cycles.total());
  EXPECT_EQ(run.record.iterations[1].counts.dram_reads, 0U);
  EXPECT_EQ(run.record.iterations[1].cycles.total(), 0U);
}

TEST(ClosedForms, LeNet5PrefetchesNothingBehindTheMostIterations) {
  const auto end_after_two = [](AcceleratorParams& params) { params.max_iterations = 2; };
  const RunRecord plain = in_other_process(end_after_two);
  const LeNetRun run = run_lenet5(Scheme::iterative, 1, [&](AcceleratorParams& params) {
    end_after_two(params);
    to_prefetch(params);
  });
  ASSERT_EQ(run.record.inputs[0].iterations, 2U);
  EXPECT_EQ(run.record.total_counts().dram_reads, plain.total_counts().dram_reads);
  EXPECT_LT(run.record.total_cycles(), plain.total_cycles());
}

/// docs/mesh.md, "What follows": 4 x 4 nodes, flits of 32 bits, two cycles per hop; the layers are
/// at nodes 1, 2, 3 and 7.
TEST(ClosedForms, LeNet5FetchesOverAMeshInTheCyclesOfItsFlits) {
  const LeNetRun run = run_lenet5(Scheme::base, 1, to_mesh);
  expect_conserved(run, 1);
  expect_cycles_add_up(run.record);
  expect_multiplications_add_up(run, 1);
  std::uint64_t flits = 0;
  for (const Layer& layer : run.image.network().layers) {
    // A beat of up to 16 words is a packet: header and first slot, and a flit for each word.
    const auto words = static_cast<std::uint64_t>(layer.kernels * layer.columns);
    flits += words + 2 * ((words + 15) / 16);
  }
  const auto way = [](std::uint64_t hops) { return 1 + (hops + 1) * 2; };
  EXPECT_EQ(flits + way(4), 484327U) << "the last word goes four links far";
  // The memory, a cycle to Buffer Address Calculation, and its two.
  const std::uint64_t first = 120 + 1 + 2;
  // From the cycle in which the last tail is there: its credit, *batch placed*, and four messages
  // of *configure* one behind the other, of which the last goes farthest, with their credits.
  const std::uint64_t credit = 1 + way(4);
  const std::uint64_t configure = 1 + 3 + way(4) + 1 + way(4);
  const PhaseCycles& cycles = run.record.iterations[0].cycles;
  EXPECT_EQ(cycles.fetch, first + (flits - 1 + way(4)) + credit + 1 + configure);
  // A map of n flits is there n - 1 cycles and its way later; the input's waits for the three
  // messages of *start* before it, every other for the credit of the map before.
  const auto map = [&](std::uint64_t elements, std::uint64_t hops) {
    const std::uint64_t rest = elements % 16;
    return elements / 16 * 17 + (rest == 0 ? 0 : rest + 1) - 1 + way(hops);
  };
  const std::uint64_t maps = map(784, 1) + map(2880, 1) + map(800, 1) + map(500, 1) + map(10, 4);
  EXPECT_EQ(maps, 5312U);
  EXPECT_EQ(cycles.compute, 15282U + maps + 3 + 4);
  EXPECT_EQ(cycles.score, 8U);
}

/// The same with lines: each line is expanded as fast as its flits come, but for those of the last
/// item.
TEST(ClosedForms, LeNet5FetchesLinesOverAMeshInTheCyclesOfTheirFlits) {
  const LeNetRun run = run_lenet5(Scheme::base, 1, to_mesh, 5);
  expect_cycles_add_up(run.record);
  constexpr std::uint64_t kBeat = 12;  // lines of five bytes
  std::uint64_t flits = 0;
  std::uint64_t last = 0;
  for (std::uint32_t l = 0; l < run.image.network().layers.size(); ++l) {
    if (run.image.network().layers[l].has_weights()) {
      const std::uint64_t lines = run.image.segments(static_cast<std::uint16_t>(l), 0, 0).size();
      // Header and first slot, and 40 bits a line.
      const auto packet = [](std::uint64_t of) { return (32 + 32 + 40 * of + 31) / 32; };
      last = lines % kBeat;
      flits += lines / kBeat * packet(kBeat) + (last > 0 ? packet(last) : 0);
    }
  }
  const auto way = [](std::uint64_t hops) { return 1 + (hops + 1) * 2; };
  EXPECT_LT(6 * flits, 484327U) << "a sixth of what plain weights take";
  ASSERT_GT(last, 0U);
  const std::uint64_t expand = (last + 3) / 4;
  const std::uint64_t credit = 1 + way(4);
  const std::uint64_t configure = 1 + 3 + way(4) + 1 + way(4);
  EXPECT_EQ(run.record.iterations[0].cycles.fetch,
            120 + 1 + 2 + (flits - 1 + way(4)) + expand + credit + 1 + configure);
}

TEST(ClosedForms, LeNet5ByRowsDoesTheSameWorkInFewerCycles) {
  const LeNetRun run = run_lenet5(Scheme::base, 1, to_rows);
  expect_conserved(run, 1);
  expect_cycles_add_up(run.record);
  expect_multiplications_add_up(run, 1);
  // The second convolution starts long before the first has ended and then waits for its rows.
  EXPECT_LT(run.record.iterations[0].cycles.compute, 576U * 20 + 64 * 50);
  EXPECT_GT(run.record.iterations[0].cycles.compute, 576U * 20);
}

}  // namespace
}  // namespace airnn::test
