// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "sw/format/memory_image_builder.h"
#include "testbenches/support/control_bench.h"
#include "testbenches/support/random_image.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

constexpr int kNeurons = 100;
constexpr int kInputs = 20;
constexpr std::size_t kEntryBytes = 6;  ///< 2 bytes of number, 4 of position

/// One layer, one batch whose first cluster has every weight, one per row of the row array and
/// more.
MemoryImage one_batch() {
  Network network = chain_network(kInputs, {kNeurons}, 32);
  network.layers.front().weights = kNeurons * kInputs;
  MemoryImageBuilder builder({Scheme::iterative, {4, 2}, 1});
  builder.add_network(network);
  builder.add_biases(0, std::vector<std::int64_t>(kNeurons, 3));
  CrsCluster cluster;
  for (std::uint32_t row = 0; row < kNeurons; ++row) {
    for (std::uint32_t column = 0; column < kInputs; ++column) {
      cluster.append({static_cast<std::int32_t>(row * column + 1), column, row, 0});
    }
  }
  builder.add_cluster(1, 0, cluster);
  return MemoryImage::parse(builder.finish(), "one batch");
}

/// One convolution of 2x2 windows whose kernels share slots in pairs.
MemoryImage one_table() {
  Network network = chain_network(kInputs, {kNeurons}, 32);
  Layer& layer = network.layers.front();
  layer.kind = LayerKind::convolution;
  layer.window = {2, 2, 1, 1, 0, 0, 1, 1};
  layer.columns *= layer.window.area();
  layer.weights = kNeurons;
  layer.zeros = layer.kernels * layer.columns - kNeurons;
  MemoryImageBuilder builder({Scheme::interleaved, {4, 2}, 1, InterleavePolicy::block});
  builder.add_network(network);
  builder.add_biases(0, std::vector<std::int64_t>(kNeurons, 3));
  CrsCluster cluster;
  KernelGroups groups;
  for (std::uint32_t kernel = 0; kernel < kNeurons; ++kernel) {
    cluster.append({1, 0, kernel, 0});
    if (kernel % 2 == 0) {
      groups.emplace_back();
    }
    groups.back().push_back({kernel, kernel % 2, 1});
  }
  builder.add_cluster(1, 0, cluster);
  builder.add_groups(0, 1, 2, groups);
  return MemoryImage::parse(builder.finish(), "one table");
}

/// The controller knows the image as it was; the memory holds damaged bytes.
class FetchDamage : public SimTest, public testing::WithParamInterface<bool> {
 protected:
  FetchDamage() = default;
  FetchDamage(MemoryImage image, std::uint16_t layer) : image_(std::move(image)), layer_(layer) {}

  std::string failure(SectionKind kind, std::size_t at, std::uint8_t byte) {
    const Section section = *image_.find(kind, layer_, 1, 0);
    params_.damage = [section, at, byte](std::vector<std::uint8_t>& bytes) {
      bytes[section.offset + at] = byte;
    };
    return failure();
  }
  std::string failure() {
    if (GetParam()) {
      MemoryStubParams stub;
      stub.schedule = {7, 1, 3, 10, 60, 2};
      stub.failing_read = failing_read_;
      params_.memory_stub = stub;
    }
    params_.outputs = {{1, 2}};
    bench_ = std::make_unique<ControlBench>("bench", params_, clock_, image_);
    if (lost_input_) {
      bench_->jobs.send({std::uint64_t{1} << 40, 1});
    }
    return run_to_failure();
  }

  const MemoryImage image_ = one_batch();
  const std::uint16_t layer_ = kAllLayers;  ///< of the damaged section
  ControlBenchParams params_;
  std::uint64_t failing_read_ = ~std::uint64_t{0};
  bool lost_input_ = false;  ///< a second input lies behind the end of the memory
  std::unique_ptr<ControlBench> bench_;
};

TEST_P(FetchDamage, NamesARowEntryThatDoesNotAscend) {
  EXPECT_THAT(failure(SectionKind::row, 50 * kEntryBytes + 3, 0),
              HasSubstr("a batch cannot be assembled: row array: entry 50 has the impossible "
                        "position 232"));
}

TEST_P(FetchDamage, NamesARowEntryBehindTheValues) {
  EXPECT_THAT(failure(SectionKind::row, 50 * kEntryBytes + 5, 1),
              HasSubstr("row array: entry 50 has the impossible position"));
}

TEST_P(FetchDamage, NamesALayerEntryThatDoesNotBeginAtZero) {
  EXPECT_THAT(failure(SectionKind::layer, 2, 1),
              HasSubstr("layer array: entry 0 has the impossible position 1"));
}

TEST_P(FetchDamage, NamesAWordOutsideOfItsLayer) {
  EXPECT_THAT(failure(SectionKind::column, 30, 200), HasSubstr("outside of layer 0 (P3)"));
}

TEST_P(FetchDamage, NamesALayerThatDoesNotExist) {
  EXPECT_THAT(failure(SectionKind::layer, 0, 9),
              HasSubstr("a word names layer 9, which has no weights (P3)"));
}

TEST_P(FetchDamage, ReportsDamageThatNobodyForetold) {
  params_.prediction = Prediction::missing;
  EXPECT_THAT(failure(SectionKind::row, 50 * kEntryBytes + 3, 0),
              HasSubstr("row array: entry 50 has the impossible position 232"));
}

TEST_P(FetchDamage, NamesTheUnitAndTheResponseOfARefusedRead) {
  lost_input_ = true;
  const std::string message = failure();
  EXPECT_THAT(message, HasSubstr("bench.controller.memory at "));
  EXPECT_THAT(message, HasSubstr("a read was answered with TLM_ADDRESS_ERROR_RESPONSE"));
}

class RefusedRead : public FetchDamage {};

TEST_P(RefusedRead, EndsTheRunInWhateverFetchItIs) {
  failing_read_ = 20;
  EXPECT_THAT(failure(), HasSubstr("a read was answered with TLM_GENERIC_ERROR_RESPONSE"));
}

class TableDamage : public FetchDamage {
 protected:
  TableDamage() : FetchDamage(one_table(), 0) {}
};

TEST_P(TableDamage, NamesAnEntryThatSkipsGroups) {
  EXPECT_THAT(failure(SectionKind::group_index, 100, 90),
              HasSubstr("interleave tables of layer 0: entry 50 of the group index is 90, "
                        "expected 25 or 24 (P9)"));
}

TEST_P(TableDamage, NamesAnEntryOfAGroupBefore) {
  EXPECT_THAT(failure(SectionKind::group_index, 100, 9),
              HasSubstr("entry 50 of the group index is 9, expected 25 or 24 (P9)"));
}

TEST_P(TableDamage, ReportsDamageThatNobodyForetold) {
  params_.prediction = Prediction::missing;
  EXPECT_THAT(failure(SectionKind::group_index, 0, 1),
              HasSubstr("entry 0 of the group index is 1, expected 0 (P9)"));
}

/// What is wrong with one table alone, and fits the others, only the layer can tell.
TEST_P(TableDamage, LeavesBlocksToTheLayer) {
  EXPECT_EQ(failure(SectionKind::kernel_block, 101, 3), "");
}

INSTANTIATE_TEST_SUITE_P(All, TableDamage, testing::Bool(),
                         [](const testing::TestParamInfo<bool>& test) {
                           return std::string(test.param ? "deferring" : "flat");
                         });

INSTANTIATE_TEST_SUITE_P(All, FetchDamage, testing::Bool(),
                         [](const testing::TestParamInfo<bool>& test) {
                           return std::string(test.param ? "deferring" : "flat");
                         });

INSTANTIATE_TEST_SUITE_P(Deferring, RefusedRead, testing::Values(true));

}  // namespace
}  // namespace airnn::test
