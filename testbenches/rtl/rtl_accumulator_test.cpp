// SPDX-License-Identifier: Apache-2.0
//
// The block accumulator in RTL: behind each level, in every cycle, what BlockAccumulator and
// ComputePins have there.
#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <string>

#include "hw/common/buffer_map.h"
#include "hw/compute/accumulator/block_accumulator.h"
#include "hw/compute/mac/adder_tree.h"
#include "hw/compute/mac/compute_pins.h"
#include "hw/compute/product/exact_product.h"
#include "hw/rtl/rtl_model.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/preprocess.h"
#include "sw/data/preprocess_file.h"
#include "sw/format/memory_image.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

constexpr std::uint32_t kMostBlocks = 8;  ///< of accumulators.sv
constexpr unsigned kSumBits = 64;

using Sums = std::vector<std::int64_t>;

Sums sums_of(const RtlPin& pin, std::size_t first, std::size_t count) {
  Sums sums;
  for (std::size_t i = first; i < first + count; ++i) {
    sums.push_back(static_cast<std::int64_t>(std::uint64_t{pin.field(2 * i + 1, 32)} << 32 |
                                             pin.field(2 * i, 32)));
  }
  return sums;
}

/// The RTL of one number of blocks, beside others of accumulators.sv.
struct AccumulatorPins {
  AccumulatorPins(const RtlModel& model, std::uint32_t blocks)
      : count(blocks),
        levels(adder_tree_levels(blocks)),
        valid(model.output("valid_" + std::to_string(blocks), 1)),
        legal(model.output("legal_" + std::to_string(blocks), 1)),
        runs(model.output("blocks_" + std::to_string(blocks), blocks * (levels + 1))),
        sums(model.output("sums_" + std::to_string(blocks), blocks * kSumBits)),
        selects(model.output("selects_" + std::to_string(blocks), std::max(1U, blocks - 1))),
        adders(
            model.output("adders_" + std::to_string(blocks), std::max(1U, blocks - 1) * kSumBits)),
        lanes(model.output("lanes_" + std::to_string(blocks),
                           std::max(1U, levels) * blocks * kSumBits)) {}

  /// Level 1 is the first above the block sums.
  AccumulatorLevel level(std::size_t number) const {
    AccumulatorLevel shown;
    const std::size_t before = count - (count >> (number - 1));
    const std::size_t size = count >> number;
    for (std::size_t i = before; i < before + size; ++i) {
      shown.selects.push_back(selects.field(i, 1) != 0);
    }
    shown.adders = sums_of(adders, before, size);
    shown.lanes = sums_of(lanes, (number - 1) * count, count);
    return shown;
  }

  std::uint32_t count;
  std::uint32_t levels;
  RtlPin valid, legal, runs, sums, selects, adders, lanes;
};

class RtlAccumulator : public testing::Test {
 protected:
  RtlAccumulator() { model_.reset(); }

  /// In the next cycle these sums come in; none: nothing does.
  void drive(const Sums& sums, const BlockFlags& flags) {
    RtlPin value = model_.input("in_sums", kMostBlocks * kSumBits);
    RtlPin flag = model_.input("in_flags", kMostBlocks);
    value.clear();
    flag.clear();
    model_.input("in_valid", 1).put(sums.empty() ? 0 : 1);
    for (std::size_t b = 0; b < sums.size(); ++b) {
      const auto bits = static_cast<std::uint64_t>(sums[b]);
      value.put_field(2 * b, 32, static_cast<std::uint32_t>(bits));
      value.put_field(2 * b + 1, 32, static_cast<std::uint32_t>(bits >> 32));
      flag.put_field(b, 1, flags[b] ? 1 : 0);
    }
    model_.eval(0);
  }

  RtlModel model_{std::make_shared<const RtlLibrary>(AIRNN_ACCUMULATORS, "accumulators"), "test",
                  7};
};

void expect_level(const AccumulatorLevel& shown, const AccumulatorLevel& due) {
  EXPECT_EQ(shown.adders, due.adders);
  EXPECT_EQ(shown.selects, due.selects);
  EXPECT_EQ(shown.lanes, due.lanes);
}

void expect_decoded(const AccumulatorPins& pins, const AccumulatedBlocks& due,
                    const BlockFlags& flags) {
  const DecodedFlags decoded = decode_flags(flags);
  EXPECT_EQ(pins.legal.is_set(), decoded.error.empty());
  std::vector<std::uint32_t> runs(pins.count, 0);
  for (const BlockRun& run : decoded.runs) {
    runs[run.first_block] = run.blocks;
  }
  for (std::uint32_t b = 0; b < pins.count; ++b) {
    EXPECT_EQ(pins.runs.field(b, pins.levels + 1), runs[b]) << "block " << b;
  }
  const Sums sums = sums_of(pins.sums, 0, pins.count);
  for (const RunSum& sum : due.sums) {
    EXPECT_EQ(sums[sum.run.first_block], sum.sum) << "block " << sum.run.first_block;
  }
}

/// All flags, the legal and the others, one slot after the other.
TEST_F(RtlAccumulator, ShowsBehindEachLevelWhatTheClassHasThere) {
  std::mt19937_64 random(11);
  for (const std::uint32_t blocks : {1U, 2U, 4U, 8U}) {
    SCOPED_TRACE(std::to_string(blocks) + " blocks");
    const AccumulatorPins pins(model_, blocks);
    std::deque<std::pair<BlockFlags, AccumulatedBlocks>> slots;  // the last came last
    unsigned legal = 0;
    for (std::uint32_t pattern = 0; pattern < 8 * (1U << blocks); ++pattern) {
      BlockFlags flags;
      Sums sums;
      for (std::uint32_t b = 0; b < blocks; ++b) {
        flags.push_back((pattern >> b & 1) != 0);
        sums.push_back(static_cast<std::int64_t>(random()) >> random() % 40);
      }
      drive(sums, flags);
      slots.push_front({flags, accumulate_blocks(sums, flags)});
      for (std::uint32_t level = 1; level <= pins.levels && level < slots.size(); ++level) {
        expect_level(pins.level(level), slots[level].second.levels[level]);
      }
      EXPECT_EQ(pins.valid.is_set(), slots.size() > pins.levels);
      if (slots.size() > pins.levels) {
        const auto& [of, due] = slots[pins.levels];
        expect_decoded(pins, due, of);
        legal += due.sums.empty() ? 0 : 1;
      }
      if (testing::Test::HasFailure()) {
        FAIL() << "pattern " << pattern;
      }
      model_.clock(0);
    }
    EXPECT_GT(legal, 0U);
    drive({}, {});
    EXPECT_EQ(model_.output("busy", 1).is_set(), true) << "of the largest";
    model_.reset();
  }
}

/// The first layer of LeNet-5 with the weights of its first batch, and what its unit computes.
struct FirstLayer {
  FirstLayer() {
    const std::string path = source_path("models/lenet5.onnx");
    const Model model = read_onnx(path);
    CompileOptions options;
    options.scheme = Scheme::interleaved;
    options.interleave.blocks = 4;
    options.clusters = parse_cluster_spec("10");
    options.preprocess = preprocess_beside(path, model.network.input.channels);
    const MemoryImage image = MemoryImage::parse(compile(model, options).image, "LeNet-5");
    params.layer = image.network().layers.front();
    params.input_format = image.network().format_of(params.layer.source);
    params.skip_format = params.input_format;
    params.policy = image.info().policy;
    params.blocks = image.blocks(0);
    params.product = std::make_shared<ExactProduct>();
    groups = image.groups(0, 1);
    const BufferMap map(params.layer);
    std::vector<std::int32_t> slots(map.slots(), 0);
    for (const std::uint16_t cluster : {std::uint16_t{0}, std::uint16_t{1}}) {
      for (const CrsWeight& weight : image.cluster(1, cluster).weights()) {
        if (weight.layer == 0) {
          slots[map.slot(weight.row, weight.column)] = weight.value;
        }
      }
    }
    kernels = SparseKernels(map, slots);
    input = InputConverter(image.network()).quantise(draw_digits(1, 7).images, 0);
  }

  EngineParams params;
  KernelGroups groups;
  SparseKernels kernels;
  std::vector<std::int32_t> input;
};

TEST_F(RtlAccumulator, ShowsInEveryCycleWhatTheUnitOfALayerOfLeNet5Shows) {
  const FirstLayer layer;
  ASSERT_EQ(layer.params.blocks, 4U);
  ComputePins compute(layer.params, layer.groups, layer.kernels, layer.input.data(), nullptr);
  ASSERT_EQ(compute.units(), 1U);
  const AccumulatorPins pins(model_, 4);
  std::uint64_t shared = 0;
  for (Cycle cycle = 0; cycle < compute.slots() + compute.depth(); ++cycle) {
    const ComputeCycle shown = compute.at(cycle);
    const TreePins& below = shown.block_trees.back();
    const BlockFlags flags = compute.of_slot(below.slot).operands.flags;
    drive(below.slot == kNoSlot ? Sums() : below.adders, flags);
    ASSERT_EQ(shown.block_levels.size(), pins.levels);
    for (std::size_t level = 1; level <= pins.levels; ++level) {
      const MuxPins& due = shown.block_levels[level - 1];
      expect_level(pins.level(level), {due.adders, due.selects, due.lanes});
    }
    EXPECT_EQ(pins.valid.is_set(), shown.block_levels.back().slot != kNoSlot);
    shared += pins.valid.is_set() && pins.runs.field(0, 3) < 4 ? 1 : 0;
    if (testing::Test::HasFailure()) {
      FAIL() << "cycle " << cycle;
    }
    model_.clock(0);
  }
  EXPECT_GT(shared, 1000U) << "slots of several kernels";
}

}  // namespace
}  // namespace airnn::test
