// SPDX-License-Identifier: Apache-2.0
//
// Random networks whose weights are lines, in all schemes and precisions, and on both memories.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

#include "hw/control/assembly/line_assembler.h"
#include "hw/sim/mesh_config.h"
#include "hw/sim/simulation.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/flawed_assembler.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/random_image.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_mesh.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

struct Drawn {
  explicit Drawn(unsigned seed) : random(seed), options(random.options()) {
    options.scheme = random.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    options.precision = random.one_of<int>({32, 16, 8});
    options.weights = WeightForm::line;
    options.lines.delta = random.one_of<double>({0, 1, 5, 20, 100});
    options.lines.rule = random.one_of<LineRule>({LineRule::bound, LineRule::monotonic});
    options.lines.range = random.one_of<LineRange>({LineRange::layer, LineRange::kernel});
    if (options.scheme == Scheme::base) {
      options.lines.layers = {random.one_of<std::string>({"all", "largest"})};
    }
  }

  RandomModel random;
  CompileOptions options;
};

AcceleratorParams params_of(Drawn& drawn, const MemoryImage& image) {
  AcceleratorParams params = random_params(drawn.random, image);
  params.controller.prefetch = drawn.random.one_of<Prefetch>({Prefetch::none, Prefetch::next});
  params.decompressor = {static_cast<std::uint32_t>(drawn.random.pick(1, 64)),
                         static_cast<std::uint32_t>(drawn.random.pick(1, 16))};
  return params;
}

/// All words and lines that the sections of an iteration have.
std::pair<std::uint64_t, std::uint64_t> lines_of(const MemoryImage& image, int iteration) {
  std::uint64_t words = 0;
  std::uint64_t segments = 0;
  for (const Section& section : image.sections()) {
    const bool is_lines =
        section.kind == SectionKind::line_dense || section.kind == SectionKind::line_value;
    if (is_lines && (section.iteration == 0 || section.iteration == iteration)) {
      for (const LineSegment& segment :
           image.segments(section.layer, section.iteration, section.cluster)) {
        words += segment.length;
        ++segments;
      }
    }
  }
  return {words, segments};
}

class LineNetworks : public testing::TestWithParam<unsigned> {};

TEST_P(LineNetworks, EqualTheReferenceInEveryLayerAfterEveryIteration) {
  Drawn drawn(GetParam());
  const MemoryImage image = image_of(drawn.random.model(), drawn.options);
  SCOPED_TRACE(describe(image));
  ASSERT_TRUE(image.has_lines());
  const AcceleratorParams params = params_of(drawn, image);
  const Maps inputs = random_inputs(drawn.random, image.network());
  const GoldenComparison comparison = compare_with_golden(params, image, inputs);
  EXPECT_EQ(comparison.difference, "");
  EXPECT_GT(comparison.maps_compared, 0U);
  expect_cycles_accounted(comparison.record, params);
}

/// What is fetched is expanded, all of it and once.
TEST_P(LineNetworks, ExpandEveryWordOfEveryLineOnce) {
  Drawn drawn(GetParam());
  const MemoryImage image = image_of(drawn.random.model(), drawn.options);
  SCOPED_TRACE(describe(image));
  AcceleratorParams params = params_of(drawn, image);
  params.controller.prefetch = Prefetch::none;
  const Maps inputs = random_inputs(drawn.random, image.network());
  const RunRecord record = compare_with_golden(params, image, inputs).record;
  std::vector<std::uint64_t> runs(static_cast<std::size_t>(image.info().iterations), 0);
  for (const InputRecord& input : record.inputs) {
    for (std::uint32_t i = 0; i < input.iterations; ++i) {
      ++runs[i];
    }
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto [words, segments] = lines_of(image, static_cast<int>(i) + 1);
    EXPECT_EQ(record.iterations[i].counts[Action::line_expand], runs[i] * words);
    EXPECT_EQ(record.iterations[i].counts[Action::line_segment], runs[i] * segments);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LineNetworks, seeds(0, 14));

class LineNetworksOnDdr3 : public testing::TestWithParam<unsigned> {};

TEST_P(LineNetworksOnDdr3, EqualTheReferenceInEveryLayerAfterEveryIteration) {
  Drawn drawn(GetParam());
  const MemoryImage image = image_of(drawn.random.model(), drawn.options);
  SCOPED_TRACE(describe(image));
  AcceleratorParams params = params_of(drawn, image);
  params.memory = ddr3_memory(random_ddr3(GetParam()));
  const GoldenComparison comparison =
      compare_with_golden(params, image, random_inputs(drawn.random, image.network()));
  EXPECT_EQ(comparison.difference, "");
}

INSTANTIATE_TEST_SUITE_P(Seeds, LineNetworksOnDdr3, seeds(20, 4));

class LineNetworksOnAMesh : public testing::TestWithParam<unsigned> {};

/// Lines cross the mesh, and are expanded behind it.
TEST_P(LineNetworksOnAMesh, DoTheWorkOfTheDirectMachine) {
  Drawn drawn(GetParam());
  const MemoryImage image = image_of(drawn.random.model(), drawn.options);
  SCOPED_TRACE(describe(image));
  AcceleratorParams params = params_of(drawn, image);
  params.handoff = Handoff::map;
  const Maps inputs = random_inputs(drawn.random, image.network());
  const auto run = [&](const LinkModel& link) {
    params.link = link;
    return decode_record(in_child([&] {
      const GoldenComparison compared = compare_with_golden(params, image, inputs);
      if (!compared.difference.empty()) {
        throw std::runtime_error(compared.difference);
      }
      return encode_record(compared.record);
    }));
  };
  const RunRecord direct = run({});
  const RunRecord mesh = run(mesh_link(random_mesh(drawn.random, image.network())));
  ASSERT_EQ(mesh.inputs.size(), direct.inputs.size());
  for (std::size_t n = 0; n < mesh.inputs.size(); ++n) {
    expect_same_outcome(mesh.inputs[n], direct.inputs[n]);
    if (params.controller.prefetch == Prefetch::none) {
      for (const Action what : {Action::line_expand, Action::line_segment}) {
        EXPECT_EQ(mesh.inputs[n].counts[what], direct.inputs[n].counts[what]);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LineNetworksOnAMesh, seeds(30, 4));

using FlawedLines = FlawedAssembler<LineAssembler>;

/// Words are right, and what is expanded is not.
std::string end_of_run(FlawedLines::Spoil spoil) {
  std::mt19937_64 random(3);
  RandomImageOptions options;
  options.scheme = Scheme::base;
  options.widths = {2, 2};
  options.lines = true;
  const MemoryImage image = random_image(options, random);
  AcceleratorParams params = default_params(image);
  const FlawedLines flawed(spoil);
  params.assemblers = {{kLineEncoding, ArrayPart::matrix, &flawed}};
  return test::end_of_run(params, image);
}

TEST(BrokenDecompressor, RunsWhenNothingIsSpoiled) {
  EXPECT_EQ(end_of_run([](Assembly&) {}), "");
}

TEST(BrokenDecompressor, WrongStartBreaksP15) {
  EXPECT_THAT(end_of_run([](Assembly& assembly) { assembly.segments.back().start ^= 1; }),
              testing::HasSubstr("/protocol/P15: "));
}

TEST(BrokenDecompressor, LineThatEndsElsewhereThanItsLayerBreaksP3) {
  EXPECT_THAT(end_of_run([](Assembly& assembly) { ++assembly.segments.back().length; }),
              testing::HasSubstr("P3"));
}

}  // namespace
}  // namespace airnn::test
