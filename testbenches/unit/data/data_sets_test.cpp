// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>

#include "sw/data/image_set.h"
#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

/// The published sets, where they are at hand.
class DataSets : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("AIRNN_DATA");
    if (folder == nullptr) {
      GTEST_SKIP() << "AIRNN_DATA is not set; scripts/fetch-data gets the data sets";
    }
    folder_ = folder;
  }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  static std::uint64_t sum(const Bytes& bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), std::uint64_t{0});
  }
  static std::vector<std::int32_t> first(const std::vector<std::int32_t>& labels, int count) {
    return {labels.begin(), labels.begin() + count};
  }

 private:
  std::string folder_;
};

TEST_F(DataSets, MnistTestSetIsWhatWasPublished) {
  const LabelledSet set =
      read_labelled_set(path("mnist/t10k-images-idx3-ubyte.gz"),
                        path("mnist/t10k-labels-idx1-ubyte.gz"), make_network({1, 28, 28}, 10));
  EXPECT_EQ(set.images.count, 10000);
  EXPECT_EQ(first(set.labels, 10), (std::vector<std::int32_t>{7, 2, 1, 0, 4, 1, 4, 9, 5, 9}));
  EXPECT_EQ(std::accumulate(set.labels.begin(), set.labels.end(), 0), 44434);
  EXPECT_EQ(sum(set.images.pixels), 264923200U);
}

TEST_F(DataSets, CifarTestSetIsWhatWasPublished) {
  const LabelledSet set =
      read_labelled_set(path("cifar10/test_batch.bin.gz"), "", make_network({3, 32, 32}, 10));
  EXPECT_EQ(set.images.count, 10000);
  EXPECT_EQ(first(set.labels, 8), (std::vector<std::int32_t>{3, 8, 8, 0, 6, 6, 1, 6}));
  // A thousand images of each class, whatever their order and compression.
  for (std::int32_t label = 0; label < 10; ++label) {
    EXPECT_EQ(std::count(set.labels.begin(), set.labels.end(), label), 1000) << label;
  }
  EXPECT_NEAR(static_cast<double>(sum(set.images.pixels)) / 30720000.0, 121.5, 1.0);
}

TEST_F(DataSets, LabelsOfAnotherSetAreRefused) {
  EXPECT_THAT(refusal([&] {
                read_labelled_set(path("mnist/t10k-images-idx3-ubyte.gz"),
                                  path("mnist/t10k-labels-idx1-ubyte.gz"),
                                  make_network({1, 28, 28}, 9));
              }),
              testing::HasSubstr("expected 0..8"));
}

}  // namespace
}  // namespace airnn
