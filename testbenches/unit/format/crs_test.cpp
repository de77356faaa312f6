// SPDX-License-Identifier: Apache-2.0
#include "sw/format/crs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

#include "sw/format/errors.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ByteView view(const std::vector<std::uint8_t>& bytes) {
  return {bytes.data(), bytes.size()};
}

CrsCluster decode(const CrsBytes& bytes, const CrsWidths& widths) {
  return decode_crs(view(bytes.value), view(bytes.column), view(bytes.row), view(bytes.layer),
                    widths);
}

/// Two rows of layer 1 with three and two weights of the cluster, one row of layer 2 with one.
CrsCluster figure_7() {
  CrsCluster cluster;
  cluster.append({11, 0, 0, 1});
  cluster.append({12, 2, 0, 1});
  cluster.append({13, 5, 0, 1});
  cluster.append({14, 1, 3, 1});
  cluster.append({15, 4, 3, 1});
  cluster.append({16, 7, 3, 2});
  return cluster;
}

TEST(Crs, StoresTheFourArraysOfFigure7) {
  const CrsCluster cluster = figure_7();
  EXPECT_THAT(cluster.value, ElementsAre(11, 12, 13, 14, 15, 16));
  EXPECT_THAT(cluster.column, ElementsAre(0, 2, 5, 1, 4, 7));
  ASSERT_EQ(cluster.row.size(), 3U) << "an entry where the row or the layer changes";
  EXPECT_EQ(cluster.row[1].row, 3U);
  EXPECT_EQ(cluster.row[1].position, 3U) << "the second row begins at the fourth element";
  EXPECT_EQ(cluster.row[2].row, 3U) << "same row number, but a new layer";
  EXPECT_EQ(cluster.row[2].position, 5U);
  ASSERT_EQ(cluster.layer.size(), 2U);
  EXPECT_EQ(cluster.layer[0].layer, 1U);
  EXPECT_EQ(cluster.layer[0].position, 0U);
  EXPECT_EQ(cluster.layer[1].layer, 2U);
  EXPECT_EQ(cluster.layer[1].position, 2U) << "a position in the row array";
}

TEST(Crs, LiesInMemoryLittleEndian) {
  CrsCluster cluster;
  cluster.append({-2, 0x0102, 0x0304, 5});
  const CrsBytes bytes = encode_crs(cluster, {4, 2});
  EXPECT_THAT(bytes.value, ElementsAre(0xFE, 0xFF, 0xFF, 0xFF));
  EXPECT_THAT(bytes.column, ElementsAre(0x02, 0x01));
  EXPECT_THAT(bytes.row, ElementsAre(0x04, 0x03, 0, 0, 0, 0));
  EXPECT_THAT(bytes.layer, ElementsAre(5, 0, 0, 0, 0, 0));
}

TEST(Crs, GivesBackTheWeightsInOrder) {
  const std::vector<CrsWeight> weights = figure_7().weights();
  ASSERT_EQ(weights.size(), 6U);
  EXPECT_EQ(weights[3], (CrsWeight{14, 1, 3, 1}));
  EXPECT_EQ(weights[5], (CrsWeight{16, 7, 3, 2}));
}

TEST(Crs, HoldsNothingInNoBytes) {
  const CrsWidths widths;
  const CrsBytes bytes = encode_crs({}, widths);
  EXPECT_TRUE(bytes.value.empty() && bytes.column.empty() && bytes.row.empty() &&
              bytes.layer.empty());
  EXPECT_TRUE(decode(bytes, widths).weights().empty());
}

TEST(Crs, RestoresRandomClustersOfEveryWidth) {
  std::mt19937 random(3);
  for (const int value_bytes : {1, 2, 4}) {
    for (const int index_bytes : {1, 2, 4}) {
      const std::uint32_t limit = index_bytes == 1 ? 255 : 60000;
      std::uniform_int_distribution<std::int64_t> value(
          -(std::int64_t{1} << (8 * value_bytes - 1)),
          (std::int64_t{1} << (8 * value_bytes - 1)) - 1);
      std::uniform_int_distribution<std::uint32_t> column(0, limit);
      std::uniform_int_distribution<std::uint32_t> row(0, 20);
      std::uniform_int_distribution<std::uint32_t> layer(0, 6);
      std::vector<CrsWeight> weights(500);
      for (CrsWeight& w : weights) {
        w = {static_cast<std::int32_t>(value(random)), column(random), row(random), layer(random)};
      }
      std::sort(weights.begin(), weights.end(), [](const CrsWeight& a, const CrsWeight& b) {
        return std::tie(a.layer, a.row, a.column) < std::tie(b.layer, b.row, b.column);
      });
      CrsCluster cluster;
      for (const CrsWeight& w : weights) {
        cluster.append(w);
      }
      const CrsWidths widths{value_bytes, index_bytes};
      const CrsBytes bytes = encode_crs(cluster, widths);
      EXPECT_EQ(bytes.value.size(), weights.size() * static_cast<std::size_t>(value_bytes));
      EXPECT_EQ(bytes.column.size(), weights.size() * static_cast<std::size_t>(index_bytes));
      EXPECT_EQ(decode(bytes, widths).weights(), weights) << value_bytes << " " << index_bytes;
    }
  }
}

std::string decode_refusal(const CrsBytes& bytes) {
  try {
    decode(bytes, {4, 2});
  } catch (const ImageError& error) {
    return error.what();
  }
  return "<accepted>";
}

TEST(Crs, RefusesArraysOfImpossibleLength) {
  const CrsBytes good = encode_crs(figure_7(), {4, 2});
  CrsBytes bytes = good;
  bytes.value.pop_back();
  EXPECT_THAT(decode_refusal(bytes), HasSubstr("value array"));
  bytes = good;
  bytes.row.pop_back();
  EXPECT_THAT(decode_refusal(bytes), HasSubstr("row array"));
  bytes = good;
  bytes.column.resize(bytes.column.size() - 2);
  EXPECT_THAT(decode_refusal(bytes), HasSubstr("column array"));
  bytes = good;
  bytes.layer.clear();
  EXPECT_NE(decode_refusal(bytes), "<accepted>");
  bytes = good;
  bytes.row.clear();
  bytes.layer.clear();
  EXPECT_NE(decode_refusal(bytes), "<accepted>");
}

TEST(Crs, RefusesPositionsThatDoNotAscendFromZero) {
  const CrsCluster good = figure_7();
  const auto refusal = [](const CrsCluster& cluster) {
    return decode_refusal(encode_crs(cluster, {4, 2}));
  };
  EXPECT_EQ(refusal(good), "<accepted>");
  CrsCluster bad = good;
  bad.row[0].position = 1;
  EXPECT_THAT(refusal(bad), HasSubstr("row array: entry 0"));
  bad = good;
  bad.row[2].position = bad.row[1].position;
  EXPECT_THAT(refusal(bad), HasSubstr("row array: entry 2"));
  bad = good;
  bad.row[2].position = 6;
  EXPECT_THAT(refusal(bad), HasSubstr("row array: entry 2"));
  bad = good;
  bad.layer[1].position = 3;
  EXPECT_THAT(refusal(bad), HasSubstr("layer array: entry 1"));
  bad = good;
  bad.layer[1].position = 0;
  EXPECT_THAT(refusal(bad), HasSubstr("layer array: entry 1"));
}

TEST(Crs, AnswersGarbageWithACrsOrAnImageError) {
  std::mt19937 random(17);
  std::uniform_int_distribution<int> entries(0, 4);
  std::uniform_int_distribution<int> byte(0, 3);
  int accepted = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto weights = static_cast<std::size_t>(entries(random));
    CrsBytes bytes;
    bytes.value.resize(weights * 4);
    bytes.column.resize(weights * 2);
    bytes.row.resize(static_cast<std::size_t>(entries(random)) * 6);
    bytes.layer.resize(static_cast<std::size_t>(entries(random)) * 6);
    for (std::size_t at = 0; at < bytes.row.size(); at += 2) {
      bytes.row[at] = static_cast<std::uint8_t>(byte(random));
    }
    for (std::size_t at = 0; at < bytes.layer.size(); at += 2) {
      bytes.layer[at] = static_cast<std::uint8_t>(byte(random));
    }
    try {
      EXPECT_EQ(decode(bytes, {4, 2}).weights().size(), weights);
      ++accepted;
    } catch (const ImageError&) {
    }
  }
  EXPECT_GT(accepted, 0);
}

}  // namespace
}  // namespace airnn
