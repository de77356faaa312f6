// SPDX-License-Identifier: Apache-2.0
#include "sw/format/interleaving.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "sw/format/errors.h"
#include "sw/format/memory_image.h"
#include "sw/format/memory_image_builder.h"
#include "testbenches/unit/format/sample_image.h"

namespace airnn {
namespace {

using testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

const char* const kGroupsAccepted = "<accepted>";

ByteView view_of(const Bytes& bytes) {
  return {bytes.data(), bytes.size()};
}

KernelGroups decoded(const InterleaveTables& tables, int width) {
  return decode_groups(view_of(tables.kernel_index), view_of(tables.group_index),
                       view_of(tables.kernel_block), width);
}

template <typename Task>
std::string refusal(const Task& task) {
  try {
    task();
  } catch (const ImageError& error) {
    return error.what();
  }
  return kGroupsAccepted;
}

TEST(BlockSplit, LastBlockTakesTheRemainder) {
  const BlockSplit split{25, 4};
  EXPECT_EQ(split.size(), 6U);
  EXPECT_EQ(split.begin(3), 18U);
  EXPECT_EQ(split.begin(4), 25U);
  EXPECT_EQ(split.block_of(17), 2U);
  EXPECT_EQ(split.block_of(18), 3U);
  EXPECT_EQ(split.block_of(24), 3U);
  EXPECT_EQ(split.capacity(0, 1), 6U);
  EXPECT_EQ(split.capacity(3, 1), 7U);
  EXPECT_EQ(split.capacity(2, 2), 13U);
  EXPECT_EQ(split.capacity(0, 4), 25U);
}

TEST(InterleaveTables, AreFigure8c) {
  // Kernels 1, 3, 4 and 2, 5 of the paper, counted from 0.
  const InterleaveTables tables =
      encode_groups({{{0, 2, 1}, {2, 0, 2}, {3, 3, 1}}, {{1, 0, 2}, {4, 2, 2}}}, 2);
  EXPECT_EQ(tables.kernel_index, (Bytes{0, 0, 2, 0, 3, 0, 1, 0, 4, 0}));
  EXPECT_EQ(tables.group_index, (Bytes{0, 0, 0, 0, 0, 0, 1, 0, 1, 0}));
  EXPECT_EQ(tables.kernel_block, (Bytes{2, 1, 0, 2, 3, 1, 0, 2, 2, 2}));
}

TEST(InterleaveTables, AreRestoredInEveryWidth) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    const int width = 1 << (round % 3);
    const std::uint32_t limit = width == 1 ? 256U : 60000U;
    KernelGroups groups(random() % (round % 10 == 0 ? 200 : 20));
    for (KernelGroup& group : groups) {
      for (std::size_t k = 1 + random() % 4; k > 0; --k) {
        group.push_back({static_cast<std::uint32_t>(random() % limit),
                         static_cast<std::uint32_t>(random() % 128),
                         static_cast<std::uint32_t>(random() % 129)});
      }
    }
    ASSERT_EQ(decoded(encode_groups(groups, width), width), groups);
  }
}

TEST(InterleaveTables, AreRefusedIfTheyContradictEachOther) {
  const auto with = [](const auto& damage) {
    InterleaveTables tables = encode_groups({{{0, 0, 1}, {1, 1, 1}}, {{2, 0, 2}}}, 2);
    damage(tables);
    return refusal([&] { decoded(tables, 2); });
  };
  EXPECT_EQ(with([](InterleaveTables&) {}), kGroupsAccepted);
  const auto lengths = HasSubstr("different numbers of kernels");
  EXPECT_THAT(with([](InterleaveTables& t) { t.kernel_index.pop_back(); }), lengths);
  EXPECT_THAT(with([](InterleaveTables& t) { t.kernel_index.resize(4); }), lengths);
  EXPECT_THAT(with([](InterleaveTables& t) { t.group_index.resize(4); }), lengths);
  EXPECT_THAT(with([](InterleaveTables& t) { t.kernel_block.resize(8); }), lengths);
  EXPECT_THAT(with([](InterleaveTables& t) { t.group_index[0] = 1; }),
              HasSubstr("entry 0 of the group index is 1, expected 0"));
  EXPECT_THAT(with([](InterleaveTables& t) { t.group_index[4] = 2; }),
              HasSubstr("entry 2 of the group index is 2, expected 1 or 0"));
  EXPECT_THAT(with([](InterleaveTables& t) { t.group_index[3] = 1; }), HasSubstr("is 256"));
  EXPECT_THAT(
      refusal([] {
        decoded(encode_groups({{{0, 0, 1}, {1, 1, 1}, {2, 2, 1}, {3, 3, 1}, {4, 4, 1}}}, 1), 1);
      }),
      HasSubstr("group 0 has more than 4 kernels"));
}

TEST(CheckGroups, RefusesKernelsAndBlocksThatCannotBe) {
  const auto check = [](const KernelGroups& groups,
                        InterleavePolicy policy = InterleavePolicy::block) {
    return refusal([&] { check_groups(groups, policy, {25, 4}, 5); });
  };
  EXPECT_EQ(check({}), kGroupsAccepted);
  EXPECT_EQ(check({{{0, 2, 1}, {2, 0, 2}, {3, 3, 1}}, {{1, 0, 2}, {4, 2, 2}}}), kGroupsAccepted);
  EXPECT_THAT(check({{{5, 0, 1}}}), HasSubstr("kernel 5 does not exist"));
  EXPECT_THAT(check({{{1, 0, 1}}, {{1, 0, 1}}}), HasSubstr("kernel 1 is in two groups"));
  EXPECT_THAT(check({{{1, 0, 1}, {1, 1, 1}}}), HasSubstr("kernel 1 is in two groups"));
  for (const GroupedKernel& kernel : {GroupedKernel{1, 0, 0},
                                      {1, 0, 3},
                                      {1, 1, 2},
                                      {1, 4, 1},
                                      {1, 0, 8},
                                      {1, 2, 4},
                                      {1, 128, 1}}) {
    EXPECT_THAT(check({{kernel}}), HasSubstr("expected a power of two at a multiple of it"));
  }
  EXPECT_THAT(check({{{0, 0, 2}, {1, 1, 1}}}),
              HasSubstr("kernel 1 owns block 1, which another of its group has"));
  const auto position = InterleavePolicy::position;
  EXPECT_EQ(check({{{4, 0, 0}, {2, 1, 0}}}, position), kGroupsAccepted);
  EXPECT_THAT(check({{{4, 0, 0}, {2, 0, 0}}}, position), HasSubstr("kernel 2 has another tag"));
  EXPECT_THAT(check({{{4, 0, 1}}}, position), HasSubstr("kernel 4 has another tag"));
}

TEST(InterleavedImage, RestoresGroupsOfEveryLayerAndIteration) {
  const MemoryImage image = MemoryImage::parse(sample_image(Scheme::interleaved), "a.airnn");
  for (const std::uint16_t iteration : std::vector<std::uint16_t>{1, 2}) {
    EXPECT_TRUE(image.is_interleaved(0, iteration));
    EXPECT_EQ(image.groups(0, iteration), (KernelGroups{{{0, 0, 1}, {1, 1, 1}}}));
  }
  EXPECT_FALSE(image.is_interleaved(0, 3));
  EXPECT_FALSE(image.is_interleaved(4, 1));
  EXPECT_EQ(image.blocks(0), 2U);
  EXPECT_EQ(image.blocks(4), 1U);
}

/// The sample with one byte of one table changed, and checksums that fit again.
std::string with_byte(SectionKind kind, std::size_t at, std::uint8_t value) {
  Bytes bytes = sample_image(Scheme::interleaved);
  const MemoryImage image = MemoryImage::parse(bytes, "a.airnn");
  bytes[image.find(kind, 0, 2, 0)->offset + at] = value;
  renew_checksums(bytes);
  return refusal_of_image(bytes);
}

TEST(InterleavedImage, RefusesDamagedTablesByName) {
  const auto names_tables = HasSubstr("a.airnn: section kernel_block, layer 0, iteration 2");
  EXPECT_EQ(with_byte(SectionKind::kernel_index, 0, 0), kGroupsAccepted) << "it is 0";
  EXPECT_THAT(with_byte(SectionKind::kernel_index, 0, 1), names_tables);
  EXPECT_THAT(with_byte(SectionKind::kernel_index, 2, 2), names_tables);
  EXPECT_THAT(with_byte(SectionKind::group_index, 0, 1), names_tables);
  EXPECT_THAT(with_byte(SectionKind::group_index, 3, 1), names_tables);
  EXPECT_THAT(with_byte(SectionKind::kernel_block, 0, 1), names_tables);
  EXPECT_THAT(with_byte(SectionKind::kernel_block, 1, 2), names_tables);
}

TEST(InterleavedImage, RefusesEntriesThatBelongToNothing) {
  const Bytes good = sample_image(Scheme::interleaved);
  const MemoryImage image = MemoryImage::parse(good, "a.airnn");
  std::size_t first = 0;
  while (image.sections()[first].kind != SectionKind::kernel_index) {
    ++first;
  }
  const auto with = [&](std::size_t section, std::size_t at, std::uint64_t value) {
    Bytes bytes = good;
    store_little_endian(table_entry(bytes, first + section) + at, value, 2);
    renew_checksums(bytes);
    return refusal_of_image(bytes);
  };
  EXPECT_THAT(with(0, 2, 1), HasSubstr("section kernel_index, layer 1")) << "depthwise";
  EXPECT_THAT(with(0, 2, 9), HasSubstr("section kernel_index, layer 9")) << "no such layer";
  EXPECT_THAT(with(0, 4, 7), HasSubstr("section kernel_index, layer 0, iteration 7"));
  EXPECT_THAT(with(1, 0, 4), HasSubstr("section value, layer 0, iteration 1: is of one layer"));
  for (const std::uint64_t blocks : {0U, 3U, 4U, 16U, 256U}) {
    // Possible for this layer, but not what the other iteration says: either may be named.
    EXPECT_THAT(with(2, 28, blocks), HasSubstr("section kernel_block, layer 0, iteration "))
        << blocks << " blocks";
  }
  Bytes bytes = good;
  bytes[28] = static_cast<std::uint8_t>(Scheme::iterative);
  renew_checksums(bytes);
  EXPECT_THAT(refusal_of_image(bytes), HasSubstr("section kernel_index, layer 0, iteration 1: an "
                                                 "image of scheme iterative has none such"));
}

}  // namespace
}  // namespace airnn
