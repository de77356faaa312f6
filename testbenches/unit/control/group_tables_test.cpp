// SPDX-License-Identifier: Apache-2.0
#include "hw/control/assembly/group_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/control/fetch/fetch_contents.h"
#include "sw/format/errors.h"
#include "testbenches/support/random_image.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

MemoryImage interleaved_image() {
  std::mt19937_64 random(4);
  RandomImageOptions options;
  options.scheme = Scheme::interleaved;
  options.layers = 6;
  return random_image(options, random);
}

void read_tables(BatchContent& content, const MemoryImage& image) {
  for (std::size_t s = 0; s < kStreams; ++s) {
    const auto stream = static_cast<FetchStream>(s);
    for (std::uint64_t b = 0; b < content.bursts()[s]; ++b) {
      content.update(stream, b, image.bytes().data + content.address(stream, b));
    }
  }
  content.decode();
}

TEST(GroupTables, HaveTheGroupsOfTheImageByLayer) {
  const MemoryImage image = interleaved_image();
  const FetchPlanner planner(image, 16);
  int interleaved = 0;
  for (int iteration = 1; iteration <= planner.iterations(); ++iteration) {
    BatchContent content = planner.tables(iteration);
    read_tables(content, image);
    const GroupTables tables(content);
    for (std::uint16_t l = 0; l < image.network().layers.size(); ++l) {
      const auto i = static_cast<std::uint16_t>(iteration);
      if (image.is_interleaved(l, i)) {
        ASSERT_NE(tables.of(l), nullptr);
        EXPECT_TRUE(*tables.of(l) == image.groups(l, i)) << "layer " << l;
        ++interleaved;
      } else {
        EXPECT_EQ(tables.of(l), nullptr);
      }
    }
  }
  EXPECT_GT(interleaved, 1) << "else the image shows nothing";
}

TEST(GroupTables, NameTheLayerWhoseTablesContradictEachOther) {
  const MemoryImage image = interleaved_image();
  BatchContent content = FetchPlanner(image, 16).tables(1);
  read_tables(content, image);
  std::vector<std::uint8_t> burst(image.bytes().data + content.address(FetchStream::row, 0),
                                  image.bytes().data + content.address(FetchStream::row, 0) + 64);
  burst[0] = 200;  // group numbers begin with 0
  content.update(FetchStream::row, 0, burst.data());
  try {
    const GroupTables tables(content);
    ADD_FAILURE() << "the tables were taken";
  } catch (const ImageError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("layer " + std::to_string(content.layers_of_ranges()[0]) + ": "));
  }
}

TEST(FetchContents, MakesGroupsOfTablesOnce) {
  const MemoryImage image = interleaved_image();
  FetchContents contents(FetchPlanner(image, 16));
  ASSERT_TRUE(contents.has_tables(1));
  BatchContent& tables = contents.tables(1);
  read_tables(tables, image);
  tables.set_content(5);
  const GroupTables* first = contents.groups(1);
  EXPECT_EQ(contents.groups(1), first);
  EXPECT_EQ(&contents.tables(1), &tables) << "the same fetch has the same address";
  tables.set_content(6);
  const GroupTables* second = contents.groups(1);
  EXPECT_NE(second, first) << "other bytes are other groups";
  EXPECT_TRUE(*second == *first) << "the ones before are still good";
}

}  // namespace
}  // namespace airnn::test
