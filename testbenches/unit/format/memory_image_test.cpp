// SPDX-License-Identifier: Apache-2.0
#include "sw/format/memory_image.h"
#include "sw/format/memory_image_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/format/errors.h"
#include "sw/format/network_codec.h"
#include "testbenches/unit/format/sample_image.h"

namespace airnn {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::uint32_t crc_of(const std::string& text) {
  return crc32c({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

TEST(Crc32c, GivesTheKnownCheckValues) {
  EXPECT_EQ(crc_of(""), 0x00000000U);
  EXPECT_EQ(crc_of("123456789"), 0xE3069283U);
  // RFC 3720 B.4: 32 bytes of zeros, of ones, and ascending.
  EXPECT_EQ(crc_of(std::string(32, '\0')), 0x8A9136AAU);
  EXPECT_EQ(crc_of(std::string(32, '\xFF')), 0x62A8AB43U);
  std::string ascending;
  for (char c = 0; c < 32; ++c) {
    ascending += c;
  }
  EXPECT_EQ(crc_of(ascending), 0x46DD794EU);
}

TEST(MemoryImage, RestoresWhatWasStored) {
  const MemoryImage image = MemoryImage::parse(sample_image(Scheme::iterative), "a.airnn");
  EXPECT_EQ(image.info().scheme, Scheme::iterative);
  EXPECT_EQ(image.info().iterations, 2);
  EXPECT_EQ(image.info().widths.value_bytes, 4);
  EXPECT_EQ(image.info().widths.index_bytes, 2);
  EXPECT_EQ(encode_network(image.network()), encode_network(sample_network()));
  EXPECT_EQ(image.biases(0), (std::vector<std::int64_t>{-7, -7}));
  EXPECT_TRUE(image.biases(2).empty()) << "an addition has none";
  const std::vector<CrsCluster> clusters = sample_clusters();
  for (std::uint16_t i = 0; i < clusters.size(); ++i) {
    const auto iteration = static_cast<std::uint16_t>(i / 2 + 1);
    EXPECT_EQ(image.cluster(iteration, i % 2).weights(), clusters[i].weights()) << i;
  }
}

TEST(MemoryImage, RestoresDenseWeightsOfEveryPrecision) {
  for (const int value_bytes : {1, 2, 4}) {
    const MemoryImage image =
        MemoryImage::parse(sample_image(Scheme::base, value_bytes), "a.airnn");
    EXPECT_EQ(image.dense_weights(0), std::vector<std::int32_t>(18, -1));
    EXPECT_EQ(image.dense_weights(4), std::vector<std::int32_t>(6, -5));
    EXPECT_TRUE(image.dense_weights(3).empty());
    EXPECT_TRUE(image.cluster(1, 0).weights().empty());
  }
}

TEST(MemoryImage, AlignsEverySectionAndTheFile) {
  for (const Scheme scheme : {Scheme::base, Scheme::iterative, Scheme::interleaved}) {
    const MemoryImage image = MemoryImage::parse(sample_image(scheme), "a.airnn");
    std::uint64_t end = kHeaderSize + image.sections().size() * kTableEntrySize;
    for (const Section& section : image.sections()) {
      EXPECT_EQ(section.offset % kSectionAlignment, 0U) << section.name();
      EXPECT_GE(section.offset, end) << section.name();
      EXPECT_LT(section.offset - end, kSectionAlignment) << section.name();
      EXPECT_EQ(section.crc32c, crc32c(image.content(section))) << section.name();
      end = section.offset + section.bytes;
    }
    EXPECT_EQ(image.bytes().size % kSectionAlignment, 0U);
    EXPECT_LT(image.bytes().size - end, kSectionAlignment);
  }
}

TEST(MemoryImage, IsTheSameBytesForTheSameContent) {
  EXPECT_EQ(sample_image(Scheme::interleaved), sample_image(Scheme::interleaved));
  const MemoryImage image = MemoryImage::parse(sample_image(Scheme::iterative), "a.airnn");
  EXPECT_EQ(image.checksum(), crc32c(image.bytes()));
}

TEST(MemoryImage, FindsSectionsByAllTheirCoordinates) {
  const MemoryImage image = MemoryImage::parse(sample_image(Scheme::iterative), "a.airnn");
  const Section* section = image.find(SectionKind::column, kAllLayers, 2, 0);
  ASSERT_NE(section, nullptr);
  EXPECT_EQ(section->bytes, 4U);
  EXPECT_EQ(section->name(), "column, iteration 2, cluster 0");
  EXPECT_EQ(image.find(SectionKind::column, kAllLayers, 2, 1), nullptr) << "an empty cluster";
  EXPECT_EQ(image.find(SectionKind::column, 0, 2, 0), nullptr);
  EXPECT_EQ(image.find(SectionKind::bias, 4, 0, 0)->name(), "bias, layer 4");
}

TEST(MemoryImage, RefusesFilesThatCannotBeRead) {
  EXPECT_THROW(
      {
        try {
          MemoryImage::read("nowhere/x.airnn");
        } catch (const ImageError& error) {
          EXPECT_THAT(error.what(),
                      AllOf(StartsWith("nowhere/x.airnn: "), HasSubstr("No such file")));
          throw;
        }
      },
      ImageError);
  EXPECT_THROW(MemoryImage::read("/"), ImageError);
}

TEST(MemoryImage, RefusesAnImageWithoutItsParts) {
  MemoryImageBuilder empty({});
  EXPECT_THAT(refusal_of_image(empty.finish()), HasSubstr("empty"));
  MemoryImageBuilder nameless({});
  nameless.add_biases(0, {1});
  EXPECT_THAT(refusal_of_image(nameless.finish()), HasSubstr("section network: missing"));
  MemoryImageBuilder unbiased({Scheme::iterative, {4, 2}, 2});
  unbiased.add_network(sample_network());
  EXPECT_THAT(refusal_of_image(unbiased.finish()), HasSubstr("section bias, layer 0: missing"));
}

}  // namespace
}  // namespace airnn
