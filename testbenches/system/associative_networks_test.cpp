// SPDX-License-Identifier: Apache-2.0
//
// Random networks whose weights are in bins, with and without an associative memory beside their
// multipliers, in all schemes and precisions, and on both memories.
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "sw/compiler/binned_model.h"
#include "sw/golden/fixed_inference.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/image_parts.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

struct Drawn {
  explicit Drawn(unsigned seed) : random(seed), options(random.options()) {
    options.scheme = random.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    options.precision = random.one_of<int>({32, 16, 8});
    options.bins = random.one_of<int>({2, 3, 16, 256});
  }

  RandomModel random;
  CompileOptions options;
};

class BinnedNetworks : public testing::TestWithParam<unsigned> {};

TEST_P(BinnedNetworks, EqualTheReferenceInEveryLayerAfterEveryIteration) {
  Drawn drawn(GetParam());
  const MemoryImage image = image_of(drawn.random.model(), drawn.options);
  SCOPED_TRACE(describe(image));
  const AcceleratorParams params = random_params(drawn.random, image);
  const Maps inputs = random_inputs(drawn.random, image.network());
  const GoldenComparison comparison = compare_with_golden(params, image, inputs);
  EXPECT_EQ(comparison.difference, "");
  EXPECT_GT(comparison.maps_compared, 0U);
  expect_cycles_accounted(comparison.record, params);
}

/// The machine with bins computes what one computes whose image has the centres themselves.
TEST_P(BinnedNetworks, ComputeWhatTheirCentresDo) {
  Drawn drawn(GetParam());
  const MemoryImage image = image_of(drawn.random.model(), drawn.options);
  CompileOptions plain_options = drawn.options;
  plain_options.bins = 0;
  const MemoryImage plain =
      image_of(binned_model(drawn.random.model(), drawn.options.bins, 1), plain_options);
  const AcceleratorParams params = random_params(drawn.random, image);
  const Maps inputs = random_inputs(drawn.random, image.network());
  const golden::FixedInference reference(plain);
  const GoldenComparison comparison = compare_with_golden(params, image, inputs);
  EXPECT_EQ(comparison.difference, "");
  ASSERT_EQ(plain.info().iterations, image.info().iterations);
  const auto mode =
      params.score == ScoreMode::raw ? golden::ScoreMode::raw : golden::ScoreMode::softmax;
  for (std::size_t n = 0; n < inputs.size(); ++n) {
    const golden::Classification due = reference.classify(inputs[n], params.threshold, mode,
                                                          static_cast<int>(params.min_iterations));
    EXPECT_EQ(comparison.record.inputs[n].scores, due.scores);
  }
}

/// What became of the products of a layer, one by one.
struct Ends {
  std::uint64_t zeros = 0;
  std::uint64_t searches = 0;
  std::uint64_t hits = 0;
};

/// The layer's weights that batches 1..iteration bring, as a matrix.
std::vector<std::int32_t> loaded(const MemoryImage& image, std::size_t layer, int iteration) {
  std::vector<std::int32_t> matrix = image.dense_weights(static_cast<std::uint16_t>(layer));
  const Layer& shape = image.network().layers[layer];
  matrix.resize(static_cast<std::size_t>(shape.kernels * shape.columns), 0);
  for (std::uint16_t i = 1; i <= iteration; ++i) {
    for (std::uint16_t c = 0; c < 2; ++c) {
      for (const CrsWeight& weight : image.cluster(i, c).weights()) {
        if (weight.layer == layer) {
          matrix[weight.row * static_cast<std::size_t>(shape.columns) + weight.column] =
              weight.value;
        }
      }
    }
  }
  return matrix;
}

/// The element that a kernel's weight meets at a position; 0 outside of the map.
std::int32_t element(const Layer& layer, const std::vector<std::int32_t>& map, std::int64_t kernel,
                     std::int64_t column, std::int64_t position) {
  if (layer.kind == LayerKind::fully_connected) {
    return map[static_cast<std::size_t>(column)];
  }
  const Window& w = layer.window;
  const std::int64_t channels = layer.input.channels / layer.groups;
  const std::int64_t group = kernel / (layer.kernels / layer.groups);
  const std::int64_t channel = group * channels + column / w.area();
  const std::int64_t y =
      position / layer.result.width * w.stride_h + column % w.area() / w.kernel_w - w.pad_top;
  const std::int64_t x =
      position % layer.result.width * w.stride_w + column % w.kernel_w - w.pad_left;
  const bool is_inside = y >= 0 && y < layer.input.height && x >= 0 && x < layer.input.width;
  return is_inside ? map[static_cast<std::size_t>(
                         (channel * layer.input.height + y) * layer.input.width + x)]
                   : 0;
}

Ends count_one_by_one(const MemoryImage& image, std::size_t index, int iteration,
                      const std::vector<std::int32_t>& map) {
  const Layer& layer = image.network().layers[index];
  const std::vector<std::int32_t> matrix = loaded(image, index, iteration);
  const auto centres = image.codebook(static_cast<std::uint16_t>(index));
  const auto rows = image.match_rows(static_cast<std::uint16_t>(index));
  Ends ends;
  for (std::int64_t kernel = 0; kernel < layer.kernels; ++kernel) {
    for (std::int64_t column = 0; column < layer.columns; ++column) {
      const std::int32_t weight = matrix[static_cast<std::size_t>(kernel * layer.columns + column)];
      for (std::int64_t p = 0; weight != 0 && p < layer.result.height * layer.result.width; ++p) {
        const std::int32_t x = element(layer, map, kernel, column, p);
        ends.zeros += x == 0 ? 1 : 0;
        ends.searches += x != 0 ? 1 : 0;
        ends.hits += x != 0 && std::any_of(rows.begin(), rows.end(),
                                           [&](const MatchRow& row) {
                                             return !row.is_empty() && centres[row.bin] == weight &&
                                                    row.lowest() <= x && x <= row.highest();
                                           })
                         ? 1
                         : 0;
      }
    }
  }
  return ends;
}

/// A network with an associative memory, and one that is the same without.
struct AssociativeDrawn {
  explicit AssociativeDrawn(unsigned seed) : random(seed) {
    options = random.options();
    options.scheme = random.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    options.interleave.policy = random.one_of<InterleavePolicy>(
        {InterleavePolicy::block, InterleavePolicy::block_fixed, InterleavePolicy::position});
    options.precision = random.one_of<int>({32, 16});
    options.drops_signs = false;
    options.bins = random.one_of<int>({2, 5, 16, 40, 256});
    options.rows = random.one_of<int>({1, 2, 16, 64, 256});
    options.match = random.one_of<MatchClasses>({{MatchClasses::Kind::significant, 0},
                                                 {MatchClasses::Kind::significant, 1},
                                                 {MatchClasses::Kind::significant, 2},
                                                 {MatchClasses::Kind::significant, 31},
                                                 {MatchClasses::Kind::fixed, 0},
                                                 {MatchClasses::Kind::fixed, 10}});
    for (std::int64_t n = random.pick(1, 3); n > 0; --n) {
      std::vector<float> input(static_cast<std::size_t>(random.model().network.input.size()));
      for (float& x : input) {
        x = static_cast<float>(random.pick(0, 255)) / 255;
      }
      options.calibration.push_back(input);
    }
  }

  MemoryImage image() const { return image_of(random.model(), options); }
  MemoryImage without() const {
    CompileOptions plain = options;
    plain.rows = 0;
    return image_of(random.model(), plain);
  }

  RandomModel random;
  CompileOptions options;
};

RunRecord record_of(const AcceleratorParams& params, const MemoryImage& image, const Maps& inputs) {
  return decode_record(in_child([&] {
    const GoldenComparison found = compare_with_golden(params, image, inputs);
    if (!found.difference.empty()) {
      throw std::runtime_error(found.difference);
    }
    return encode_record(found.record);
  }));
}

class AssociativeNetworks : public testing::TestWithParam<unsigned> {};

TEST_P(AssociativeNetworks, EqualTheReferenceAndCountEveryProduct) {
  AssociativeDrawn drawn(GetParam());
  const MemoryImage image = drawn.image();
  SCOPED_TRACE(describe(image));
  AcceleratorParams params = random_params(drawn.random, image);
  if (GetParam() % 3 == 0) {
    params.memory = ddr3_memory(random_ddr3(GetParam()));
  }
  const Maps inputs = random_inputs(drawn.random, image.network());
  const GoldenComparison comparison = compare_with_golden(params, image, inputs);
  ASSERT_EQ(comparison.difference, "");
  expect_cycles_accounted(comparison.record, params);
  const golden::FixedInference reference(image);
  const Counts counts = comparison.record.total_counts();
  Ends sum;
  std::uint64_t multiplications = 0;
  for (std::size_t l = 0; l < image.network().layers.size(); ++l) {
    const Layer& layer = image.network().layers[l];
    for (int i = 1; i <= image.info().iterations; ++i) {
      Ends due;
      for (std::size_t n = 0; n < inputs.size() && layer.has_weights(); ++n) {
        if (static_cast<int>(comparison.record.inputs[n].iterations) >= i) {
          const golden::Inference run = reference.run(inputs[n], i);
          const Ends ends = count_one_by_one(
              image, l, i,
              layer.source == kNetworkInput ? inputs[n]
                                            : run.outputs[static_cast<std::size_t>(layer.source)]);
          due.zeros += ends.zeros;
          due.searches += ends.searches;
          due.hits += ends.hits;
        }
      }
      const LayerRecord& found = comparison.record.layers[l][static_cast<std::size_t>(i) - 1];
      EXPECT_EQ(found.zero_products, due.zeros) << layer.name;
      EXPECT_EQ(found.searches, due.searches) << layer.name;
      EXPECT_EQ(found.hits, due.hits) << layer.name;
      EXPECT_EQ(found.zero_products + found.searches, found.multiplications);
      multiplications += found.multiplications;
      sum.zeros += due.zeros;
      sum.searches += due.searches;
      sum.hits += due.hits;
    }
  }
  EXPECT_EQ(counts[Action::zero_product], sum.zeros);
  EXPECT_EQ(counts[Action::cam_search], sum.searches);
  EXPECT_EQ(counts[Action::cam_hit], sum.hits);
  EXPECT_EQ(counts.total(Action::product_read), sum.hits);
  EXPECT_LE(multiplications, counts[Action::multiplication] + sum.zeros + sum.hits);
  EXPECT_GE(comparison.record.boot_counts[Action::cam_row_write], image.associative_rows());
}

/// Without free bits nothing is approximated.
TEST_P(AssociativeNetworks, ChangeNoValueIfAllBitsCount) {
  AssociativeDrawn drawn(GetParam());
  drawn.options.match = {MatchClasses::Kind::significant, 31};
  const MemoryImage image = drawn.image();
  SCOPED_TRACE(describe(image));
  const golden::FixedInference with(image);
  const golden::FixedInference without(drawn.without());
  AcceleratorParams params = random_params(drawn.random, image);
  params.threshold = 1e5;
  const Maps inputs = random_inputs(drawn.random, image.network());
  for (int i = 1; i <= with.iterations(); ++i) {
    EXPECT_EQ(with.run(inputs[0], i).outputs, without.run(inputs[0], i).outputs);
  }
  const RunRecord record = record_of(params, image, inputs);
  for (std::size_t n = 0; n < inputs.size(); ++n) {
    EXPECT_EQ(record.inputs[n].scores,
              without
                  .classify(inputs[n], 1e5,
                            params.score == ScoreMode::raw ? golden::ScoreMode::raw
                                                           : golden::ScoreMode::softmax)
                  .scores);
  }
}

/// A search is a cycle before the multiplication.
TEST_P(AssociativeNetworks, TakeACycleMoreInEachRunOfALayer) {
  AssociativeDrawn drawn(GetParam());
  const MemoryImage image = drawn.image();
  SCOPED_TRACE(describe(image));
  AcceleratorParams params = random_params(drawn.random, image);
  params.threshold = 1e5;  // the same iterations
  params.handoff = Handoff::map;
  const Maps inputs = random_inputs(drawn.random, image.network());
  const RunRecord with = record_of(params, image, inputs);
  params.associative_rows = 0;
  const RunRecord without = record_of(params, drawn.without(), inputs);
  std::uint64_t multiplied = 0;
  for (std::size_t l = 0; l < image.network().layers.size(); ++l) {
    for (std::size_t i = 0; i < with.iterations.size(); ++i) {
      const LayerRecord& one = with.layers[l][i];
      EXPECT_EQ(one.compute_cycles, without.layers[l][i].compute_cycles +
                                        (image.network().layers[l].has_weights() ? 1 : 0));
      EXPECT_EQ(one.slots, without.layers[l][i].slots);
      EXPECT_EQ(one.multiplications, without.layers[l][i].multiplications);
      EXPECT_EQ(one.idle_multiplications, without.layers[l][i].idle_multiplications);
      multiplied += one.zero_products + one.hits;
    }
  }
  EXPECT_EQ(with.total_counts()[Action::multiplication] + multiplied,
            without.total_counts()[Action::multiplication]);
}

/// Rows for all bins and all powers of two, and what else there is of one bit.
std::vector<MatchRow> rows_of_all(const std::vector<std::int32_t>& centres, int bits) {
  std::vector<MatchRow> rows;
  for (std::size_t bin = 0; bin < centres.size(); ++bin) {
    const auto add = [&](int free_bits, std::int32_t value) {
      MatchRow row{static_cast<std::uint8_t>(bin), static_cast<std::uint8_t>(free_bits), value, 0};
      row.product = std::int64_t{centres[bin]} * row.operand();
      rows.push_back(row);
    };
    add(0, 1);
    add(0, -1);
    for (int e = 0; e < bits - 1; ++e) {
      add(e, static_cast<std::int32_t>(-(std::int64_t{2} << e)));
      if (e > 0) {
        add(e, std::int32_t{1} << e);
      }
    }
  }
  rows.resize(256);
  return rows;
}

TEST_P(AssociativeNetworks, HitEveryProductIfThereAreRowsForAllOfThem) {
  AssociativeDrawn drawn(GetParam());
  drawn.options.precision = 16;  // there is room for the largest operands in all sums
  drawn.options.bins = 2;
  drawn.options.rows = 256;
  drawn.options.match = {MatchClasses::Kind::significant, 0};
  ImageParts parts = ImageParts::of(drawn.image());
  for (ImageParts::Part& part : parts.parts) {
    if (part.section.kind == SectionKind::match_row) {
      const auto& codebook = parts.part(SectionKind::codebook, part.section.layer, 0, 0).bytes;
      const int bytes = drawn.options.precision / 8;
      part.bytes = encode_match_rows(
          rows_of_all(decode_codebook({codebook.data(), codebook.size()}, bytes), 8 * bytes),
          bytes);
    }
  }
  const MemoryImage image = MemoryImage::parse(parts.build(), "all rows");
  SCOPED_TRACE(describe(image));
  const AcceleratorParams params = random_params(drawn.random, image);
  const RunRecord record = record_of(params, image, random_inputs(drawn.random, image.network()));
  const Counts counts = record.total_counts();
  EXPECT_EQ(counts[Action::cam_hit], counts[Action::cam_search]);
  std::uint64_t pooled = 0;
  for (std::size_t l = 0; l < record.layers.size(); ++l) {
    for (std::size_t i = 0; i < record.layers[l].size(); ++i) {
      const Layer& layer = image.network().layers[l];
      pooled +=
          layer.pool == PoolKind::average
              ? record.iterations[i].inputs_run * static_cast<std::uint64_t>(layer.output.size())
              : 0;
    }
  }
  EXPECT_EQ(counts[Action::multiplication], pooled) << "nothing is left but averages";
}

TEST(AssociativeNetworksTogether, HitWithoutFreeBits) {
  std::uint64_t hits = 0;
  for (unsigned seed = 0; seed < 6; ++seed) {
    AssociativeDrawn drawn(seed);
    drawn.options.match = {MatchClasses::Kind::significant, 31};
    const MemoryImage image = drawn.image();
    const RunRecord record = record_of(random_params(drawn.random, image), image,
                                       random_inputs(drawn.random, image.network()));
    hits += record.total_counts()[Action::cam_hit];
  }
  EXPECT_GT(hits, 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, BinnedNetworks, seeds(91000, 60));
INSTANTIATE_TEST_SUITE_P(Seeds, AssociativeNetworks, seeds(92000, 60));

}  // namespace
}  // namespace airnn::test
