// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "testbenches/unit/format/sample_image.h"

namespace airnn {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const char* const kAccepted = "<accepted>";

void expect_found_in_every_bit(std::vector<std::uint8_t> bytes) {
  ASSERT_EQ(refusal_of_image(bytes), kAccepted);
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    ASSERT_NE(refusal_of_image(bytes), kAccepted) << "byte " << bit / 8 << ", bit " << bit % 8;
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
  }
}

TEST(ImageDamage, IsFoundInEverySingleBit) {
  for (const Scheme scheme : {Scheme::base, Scheme::iterative, Scheme::interleaved}) {
    expect_found_in_every_bit(sample_image(scheme));
  }
}

TEST(ImageDamage, IsFoundInEverySingleBitOfBinsAndRows) {
  expect_found_in_every_bit(binned_sample(Scheme::base, 4, true));
  expect_found_in_every_bit(binned_sample(Scheme::interleaved, 2, true));
}

TEST(ImageDamage, IsFoundInEveryTruncation) {
  const std::vector<std::uint8_t> bytes = sample_image(Scheme::interleaved);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(size);
    ASSERT_NE(refusal_of_image({bytes.begin(), end}), kAccepted) << size << " bytes";
  }
}

TEST(ImageDamage, IsFoundInBytesBehindTheEnd) {
  for (const std::size_t more : {1U, 63U, 64U, 4096U}) {
    std::vector<std::uint8_t> bytes = sample_image(Scheme::iterative);
    bytes.resize(bytes.size() + more);
    EXPECT_THAT(refusal_of_image(bytes), HasSubstr("followed by bytes that belong to none"));
  }
}

TEST(ImageDamage, IsReportedWithFileAndSection) {
  const MemoryImage image = MemoryImage::parse(sample_image(Scheme::interleaved), "a.airnn");
  for (const Section& section : image.sections()) {
    std::vector<std::uint8_t> bytes = sample_image(Scheme::interleaved);
    bytes[section.offset + section.bytes / 2] ^= 0x10;
    EXPECT_EQ(refusal_of_image(bytes),
              "a.airnn: section " + section.name() + ": damaged, its checksum does not match");
    bytes.resize(section.offset + section.bytes - 1);
    EXPECT_THAT(refusal_of_image(bytes),
                StartsWith("a.airnn: section " + section.name() + ": truncated"));
  }
}

TEST(ImageDamage, IsReportedForHeaderAndTable) {
  std::vector<std::uint8_t> bytes = sample_image(Scheme::iterative);
  bytes[17] ^= 1;
  EXPECT_THAT(refusal_of_image(bytes), StartsWith("a.airnn: header: damaged"));
  bytes = sample_image(Scheme::iterative);
  bytes[kHeaderSize + 9] ^= 1;
  EXPECT_THAT(refusal_of_image(bytes), StartsWith("a.airnn: section table: damaged"));
  bytes.resize(kHeaderSize + 40);
  EXPECT_THAT(refusal_of_image(bytes), StartsWith("a.airnn: section table: truncated"));
  bytes.resize(20);
  EXPECT_THAT(refusal_of_image(bytes), StartsWith("a.airnn: header: truncated"));
}

TEST(ImageDamage, TellsForeignFilesFromDamagedOnes) {
  const std::string png = "\x89PNG\r\n\x1a\n and more than sixty-four bytes of something else....";
  for (const std::string& text : {std::string(), std::string("AIRNN"), png}) {
    EXPECT_THAT(refusal_of_image({text.begin(), text.end()}),
                HasSubstr("not a memory image of this program"));
  }
}

TEST(ImageDamage, NamesTheVersionOfALaterFormat) {
  std::vector<std::uint8_t> bytes = sample_image(Scheme::iterative);
  bytes[8] = 3;
  renew_checksums(bytes);
  EXPECT_THAT(refusal_of_image(bytes),
              HasSubstr("image format 3, this program reads formats 1 to 2"));
}

TEST(ImageDamage, RefusesImpossibleHeadersWithGoodChecksums) {
  const auto with = [](std::size_t at, std::uint64_t value, int width) {
    std::vector<std::uint8_t> bytes = sample_image(Scheme::iterative);
    store_little_endian(&bytes[at], value, width);
    renew_checksums(bytes);
    return refusal_of_image(bytes);
  };
  EXPECT_NE(with(16, 0, 8), kAccepted) << "file bytes";
  EXPECT_NE(with(16, ~std::uint64_t{0}, 8), kAccepted) << "file bytes";
  EXPECT_NE(with(28, 3, 1), kAccepted) << "scheme";
  EXPECT_NE(with(29, 3, 1), kAccepted) << "value bytes";
  EXPECT_NE(with(30, 0, 1), kAccepted) << "index bytes";
  EXPECT_NE(with(32, 0, 4), kAccepted) << "iterations";
  EXPECT_NE(with(32, 0xFFFFFFFF, 4), kAccepted) << "iterations";
}

TEST(ImageDamage, RefusesImpossibleTablesWithGoodChecksums) {
  const std::size_t sections = section_count(sample_image(Scheme::iterative));
  for (std::size_t i = 0; i < sections; ++i) {
    for (const std::uint64_t value : {std::uint64_t{1}, std::uint64_t{1} << 40, ~std::uint64_t{0},
                                      ~std::uint64_t{0} - 63, std::uint64_t{1} << 63}) {
      for (const std::size_t field : {8U, 16U}) {
        std::vector<std::uint8_t> bytes = sample_image(Scheme::iterative);
        store_little_endian(table_entry(bytes, i) + field, value, 8);
        // A file that claims to be endless must not help a section that does.
        store_little_endian(&bytes[16], ~std::uint64_t{0} - 63, 8);
        renew_checksums(bytes);
        EXPECT_NE(refusal_of_image(bytes), kAccepted) << "section " << i << " field " << field;
      }
    }
  }
}

TEST(ImageDamage, NeverCrashesOnContentsWithGoodChecksums) {
  std::mt19937 random(23);
  int refused = 0;
  constexpr int kRounds = 20000;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<std::uint8_t> bytes = sample_image(static_cast<Scheme>(round % 3));
    std::uniform_int_distribution<std::size_t> place(kHeaderSize, bytes.size() - 1);
    for (int i = 0; i < 1 + round % 4; ++i) {
      bytes[place(random)] = static_cast<std::uint8_t>(random());
    }
    renew_checksums(bytes);
    refused += refusal_of_image(bytes) == kAccepted ? 0 : 1;
  }
  EXPECT_GT(refused, kRounds / 10);
  EXPECT_LT(refused, kRounds) << "a changed weight with its checksum is a good image";
}

TEST(ImageDamage, NeverCrashesOnGarbage) {
  std::mt19937 random(29);
  const std::vector<std::uint8_t> good = sample_image(Scheme::iterative);
  for (int round = 0; round < 5000; ++round) {
    std::vector<std::uint8_t> bytes(random() % 512);
    for (std::uint8_t& byte : bytes) {
      byte = static_cast<std::uint8_t>(random());
    }
    const std::size_t kept = std::min<std::size_t>(bytes.size(), random() % 128);
    std::copy_n(good.begin(), kept, bytes.begin());
    ASSERT_NE(refusal_of_image(bytes), kAccepted);
  }
}

}  // namespace
}  // namespace airnn
