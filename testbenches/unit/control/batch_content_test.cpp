// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/batch_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/control/fetch/fetch_planner.h"
#include "sw/format/memory_image_builder.h"
#include "testbenches/support/random_image.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

/// Four neurons of 40 inputs; one cluster with all weights, so rows of 40 words.
class BatchContentTest : public testing::Test {
 protected:
  static MemoryImage make_image() {
    Network network = chain_network(40, {4}, 32);
    network.layers.front().weights = 160;
    MemoryImageBuilder builder({Scheme::iterative, {4, 2}, 1});
    builder.add_network(network);
    builder.add_biases(0, {1, -2, std::int64_t{5} << 32, -1});
    CrsCluster cluster;
    for (std::uint32_t i = 0; i < 160; ++i) {
      cluster.append({static_cast<std::int32_t>(i) - 200, i % 40, i / 40, 0});
    }
    builder.add_cluster(1, 0, cluster);
    return MemoryImage::parse(builder.finish(), "four neurons");
  }

  /// Delivers bursts [begin, end) of a stream, as the image has them.
  void deliver(BatchContent& content, FetchStream stream, std::uint64_t begin, std::uint64_t end) {
    for (std::uint64_t b = begin; b < end; ++b) {
      content.update(stream, b, image_.bytes().data + content.address(stream, b));
      content.deliver(stream, b);
    }
  }
  void deliver_all(BatchContent& content) {
    for (std::size_t s = 0; s < kStreams; ++s) {
      deliver(content, static_cast<FetchStream>(s), 0, content.bursts()[s]);
    }
  }

  const MemoryImage image_ = make_image();
  const FetchPlanner planner_{image_, 16};
};

TEST_F(BatchContentTest, MakesWordsWithTheirCoordinates) {
  BatchContent content = planner_.batch(1);
  deliver_all(content);
  content.decode();
  ASSERT_EQ(content.words()->size(), 160U);
  const WeightWord& word = (*content.words())[97];
  EXPECT_EQ(word.value, -103);
  EXPECT_EQ(word.column, 17U);
  EXPECT_EQ(word.row, 2U);
  EXPECT_EQ(word.layer, 0U);
}

TEST_F(BatchContentTest, CutsAClusterIntoFullBeatsAcrossItsRows) {
  BatchContent content = planner_.batch(1);
  deliver_all(content);
  content.decode();
  ASSERT_EQ(content.beats().size(), 10U);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(content.beats()[i].first, 16 * i);
    EXPECT_EQ(content.beats()[i].count, 16U);
    // 64 bytes of values per beat, 32 bytes of columns; rows and layer fit one burst each.
    EXPECT_EQ(content.beats()[i].needed,
              (std::array<std::uint32_t, 4>{static_cast<std::uint32_t>(i + 1),
                                            static_cast<std::uint32_t>(i / 2 + 1), 1, 1}));
    const std::uint32_t last = i == 9 ? 1 : 0;
    EXPECT_EQ(content.beats()[i].released,
              (std::array<std::uint32_t, 4>{static_cast<std::uint32_t>(i + 1),
                                            static_cast<std::uint32_t>((i + 1) / 2), last, last}));
  }
}

TEST_F(BatchContentTest, SplitsABiasIntoLowAndHighWord) {
  BatchContent content = planner_.biases();
  deliver_all(content);
  content.decode();
  ASSERT_EQ(content.words()->size(), 8U);
  const std::vector<WeightWord>& words = *content.words();
  EXPECT_EQ(words[2].value, -2);
  EXPECT_EQ(words[3].value, -1) << "the sign fills the high word";
  EXPECT_EQ(words[4].value, 0);
  EXPECT_EQ(words[5].value, 5);
  EXPECT_EQ(words[5].row, 2U);
  EXPECT_EQ(words[4].column, 40U) << "behind the last weight of the row";
  EXPECT_EQ(words[5].column, 41U);
}

TEST_F(BatchContentTest, TellsWhetherABurstIsNew) {
  BatchContent content = planner_.batch(1);
  const std::uint8_t* burst = image_.bytes().data + content.address(FetchStream::value, 0);
  EXPECT_TRUE(content.update(FetchStream::value, 0, burst));
  EXPECT_FALSE(content.update(FetchStream::value, 0, burst));
}

TEST_F(BatchContentTest, HasAllWordsButNoBeatsBeforeItsPositionsAreKnown) {
  BatchContent content = planner_.batch(1);
  deliver(content, FetchStream::value, 0, 10);
  content.decode();  // four rows at position 0 cannot be
  EXPECT_TRUE(content.damaged());
  EXPECT_EQ(content.certain_damage(), "") << "the row array was not delivered yet";
  EXPECT_EQ(content.words()->size(), 160U);
  EXPECT_TRUE(content.beats().empty());
  deliver(content, FetchStream::row, 0, 1);
  content.decode();
  EXPECT_FALSE(content.damaged()) << "the layer array happens to be all zeros";
  EXPECT_EQ(content.beats().size(), 10U);
}

TEST_F(BatchContentTest, MakesTheBeatsInFrontOfADamage) {
  BatchContent content = planner_.batch(1);
  deliver_all(content);
  std::vector<std::uint8_t> rows(image_.bytes().data + content.address(FetchStream::row, 0),
                                 image_.bytes().data + content.address(FetchStream::row, 0) + 64);
  rows[2 * 6 + 2] = 7;  // the third row begins at 7 instead of 80
  content.begin_delivery();
  content.update(FetchStream::row, 0, rows.data());
  content.decode();
  EXPECT_EQ(content.beats().size(), 2U) << "words up to 40 are in the first row for sure";
  EXPECT_EQ(content.certain_damage(), "");
  content.deliver(FetchStream::row, 0);
  EXPECT_THAT(content.certain_damage(),
              HasSubstr("row array: entry 2 has the impossible position 7"));
}

}  // namespace
}  // namespace airnn::test
