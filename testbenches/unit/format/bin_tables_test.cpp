// SPDX-License-Identifier: Apache-2.0
#include "sw/format/bin_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "sw/format/errors.h"
#include "testbenches/support/image_parts.h"
#include "testbenches/unit/format/sample_image.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const char* const kNothingRefused = "<accepted>";
constexpr Scheme kSchemes[] = {Scheme::base, Scheme::iterative, Scheme::interleaved};

ByteView view(const std::vector<std::uint8_t>& bytes) {
  return {bytes.data(), bytes.size()};
}

std::string refusal_of(const std::function<void()>& check) {
  try {
    check();
  } catch (const ImageError& error) {
    return error.what();
  }
  return kNothingRefused;
}

TEST(BinTables, ARowLiesInWholeWords) {
  const MatchRow row{7, 4, -3, -123456789012};
  EXPECT_EQ(encode_match_rows({row}, 4),
            (std::vector<std::uint8_t>{7, 4, 0, 0, 0xFD, 0xFF, 0xFF, 0xFF, 0xEC, 0xE5, 0x66, 0x41,
                                       0xE3, 0xFF, 0xFF, 0xFF}));
  EXPECT_EQ(encode_match_rows({{7, 4, -3, -70000}}, 2),
            (std::vector<std::uint8_t>{7, 4, 0xFD, 0xFF, 0x90, 0xEE, 0xFE, 0xFF}));
  for (const int weight_bytes : {2, 4}) {
    const std::vector<MatchRow> rows{{0, 0, 1, 2}, {255, 15, -32768, -2147483648LL}, {}};
    EXPECT_EQ(decode_match_rows(view(encode_match_rows(rows, weight_bytes)), weight_bytes), rows);
  }
}

TEST(BinTables, ARowMatchesItsValueButForFreeBits) {
  const MatchRow row{0, 3, -13, 0};
  EXPECT_EQ(row.lowest(), -16);
  EXPECT_EQ(row.highest(), -9);
  EXPECT_EQ(row.operand(), -12);
  const MatchRow exact{0, 0, 77, 0};
  EXPECT_EQ(exact.lowest(), 77);
  EXPECT_EQ(exact.highest(), 77);
  EXPECT_EQ(exact.operand(), 77);
}

TEST(BinTables, ACodebookAscends) {
  const auto refusal = [](const std::vector<std::int32_t>& centres) {
    return refusal_of([&] { check_codebook(view(encode_codebook(centres, 2)), 2); });
  };
  EXPECT_EQ(refusal({-300, 0, 299}), kNothingRefused);
  EXPECT_THAT(refusal({}), HasSubstr("expected 1 to 256 centres of 2"));
  EXPECT_THAT(refusal({1, 2, 2}), HasSubstr("centre 2: centres do not ascend"));
  std::vector<std::int32_t> many;
  for (std::int32_t i = 0; i < 257; ++i) {
    many.push_back(i);
  }
  EXPECT_THAT(refusal(many), HasSubstr("has 514 bytes, expected 1 to 256 centres of 2"));
  many.pop_back();
  EXPECT_EQ(refusal(many), kNothingRefused);
}

class MatchRows : public testing::TestWithParam<int> {
 protected:
  std::string refusal(const std::vector<MatchRow>& rows) const {
    return refusal_of([&] {
      check_match_rows(view(encode_match_rows(rows, GetParam())), GetParam(), {-4, 0, 10});
    });
  }
};

TEST_P(MatchRows, AreRefusedByWhatIsWrong) {
  const MatchRow five{2, 1, 5, 50};
  EXPECT_EQ(refusal({five, {2, 0, 6, 60}, {0, 3, -8, 16}, {}}), kNothingRefused);
  EXPECT_EQ(refusal({{1, 2, 8, 0}}), kNothingRefused) << "a centre of zero has products, too";
  EXPECT_THAT(refusal({}), HasSubstr("expected a power of two of rows"));
  EXPECT_THAT(refusal({five, {}, {}}), HasSubstr("expected a power of two of rows"));
  EXPECT_THAT(refusal(std::vector<MatchRow>(2048)), HasSubstr("at most 1024"));
  EXPECT_THAT(refusal({five, {3, 0, 6, 0}}), HasSubstr("row 1: there is no bin 3"));
  const auto bits = static_cast<std::uint8_t>(8 * GetParam());
  EXPECT_THAT(refusal({{2, bits, 0, 0}}),
              HasSubstr("row 0: " + std::to_string(bits) + " free bits, expected less than"));
  EXPECT_THAT(refusal({{2, 1, 5, 60}}),
              HasSubstr("row 0: its product is 60, expected 50, centre 10 times 5"));
  EXPECT_THAT(refusal({five, {2, 0, 4, 40}}), HasSubstr("row 1: matches what row 0 matches"));
  EXPECT_THAT(refusal({five, five}), HasSubstr("row 1: matches what row 0 matches"));
  EXPECT_THAT(refusal({five, {2, 0, 5, 50}}), HasSubstr("row 1: matches what row 0 matches"));
  EXPECT_THAT(refusal({{}, five}), HasSubstr("row 1: stands behind one that is empty"));
  EXPECT_THAT(refusal({five, {0, MatchRow::kNeverMatches, 1, 0}}),
              HasSubstr("row 1: is empty, but not all of it is zero"));
}

INSTANTIATE_TEST_SUITE_P(WeightBytes, MatchRows, testing::Values(2, 4));

std::string binned_refusal(Scheme scheme, const std::function<void(ImageParts&)>& change,
                           int weight_bytes = 4) {
  ImageParts parts =
      ImageParts::of(MemoryImage::parse(binned_sample(scheme, weight_bytes, true), "sample"));
  change(parts);
  return refusal_of_image(parts.build());
}

std::vector<std::uint8_t>& table_of(ImageParts& parts, SectionKind kind) {
  return parts.part(kind, 0, 0, 0).bytes;
}

TEST(BinnedImage, HasTheWeightsOfThePlainOne) {
  for (const Scheme scheme : kSchemes) {
    for (const int weight_bytes : {1, 2, 4}) {
      const MemoryImage plain = MemoryImage::parse(sample_image(scheme, weight_bytes), "plain");
      const MemoryImage image =
          MemoryImage::parse(binned_sample(scheme, weight_bytes, weight_bytes > 1), "binned");
      EXPECT_TRUE(image.has_bins());
      EXPECT_EQ(image.weight_bits(), 8 * weight_bytes);
      EXPECT_EQ(image.info().widths.value_bytes, 1);
      EXPECT_EQ(image.associative_rows(), weight_bytes > 1 ? 4U : 0U);
      EXPECT_FALSE(plain.has_bins());
      EXPECT_EQ(plain.weight_bits(), 8 * weight_bytes);
      for (std::uint16_t l = 0; l < plain.network().layers.size(); ++l) {
        EXPECT_EQ(image.dense_weights(l), plain.dense_weights(l));
        EXPECT_EQ(image.network().layers[l].bins, image.codebook(l).size());
      }
      for (std::uint16_t i = 1; i <= plain.info().iterations; ++i) {
        for (std::uint16_t c = 0; c < 2; ++c) {
          EXPECT_EQ(image.cluster(i, c).weights(), plain.cluster(i, c).weights());
        }
      }
    }
  }
}

TEST(BinnedImage, RefusesEverySectionThatIsMissingTwiceOrMoved) {
  for (const Scheme scheme : kSchemes) {
    const std::size_t count = section_count(binned_sample(scheme, 4, true));
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = static_cast<std::ptrdiff_t>(i);
      EXPECT_THAT(
          binned_refusal(scheme, [&](ImageParts& p) { p.parts.erase(p.parts.begin() + at); }),
          StartsWith("a.airnn: section "))
          << "without " << i;
      EXPECT_THAT(
          binned_refusal(scheme,
                         [&](ImageParts& p) { p.parts.insert(p.parts.begin() + at, p.parts[i]); }),
          HasSubstr("is there twice"))
          << i;
      for (std::size_t k = i + 1; k < count; ++k) {
        EXPECT_THAT(
            binned_refusal(scheme, [&](ImageParts& p) { std::swap(p.parts[i], p.parts[k]); }),
            StartsWith("a.airnn: section "))
            << i << " and " << k;
      }
    }
  }
}

TEST(BinnedImage, IsRefusedByWhatIsWrong) {
  const Scheme base = Scheme::base;
  const Scheme iterative = Scheme::iterative;
  EXPECT_THAT(
      binned_refusal(
          iterative,
          [](ImageParts& p) { p.part(SectionKind::value, kAllLayers, 1, 0).bytes[0] = 77; }),
      HasSubstr("section value, iteration 1, cluster 0: layer 0, row 0: a weight is in a bin "
                "that does not exist"));
  EXPECT_THAT(
      binned_refusal(base, [](ImageParts& p) { table_of(p, SectionKind::dense_value)[1] = 77; }),
      HasSubstr(
          "section dense_value, layer 0: kernel 0: a weight is in a bin that does not exist"));
  EXPECT_THAT(binned_refusal(iterative,
                             [](ImageParts& p) {
                               std::vector<std::uint8_t>& book = table_of(p, SectionKind::codebook);
                               std::swap(book[0], book[4]);
                             }),
              HasSubstr("section codebook, layer 0: centre 1: centres do not ascend"));
  EXPECT_THAT(
      binned_refusal(iterative, [](ImageParts& p) { table_of(p, SectionKind::match_row)[8] ^= 1; }),
      HasSubstr("section match_row, layer 0: row 0: its product is "));
  EXPECT_THAT(binned_refusal(iterative,
                             [](ImageParts& p) { table_of(p, SectionKind::match_row).resize(32); }),
              HasSubstr("section match_row, layer 1: has 64 bytes, those of other layers have 32"));
  EXPECT_THAT(binned_refusal(iterative, [](ImageParts& p) { p.info.encoding = 0; }),
              HasSubstr("weights of 32 bits, but those of the image have 8"));
  EXPECT_THAT(binned_refusal(iterative, [](ImageParts& p) { p.info.widths.value_bytes = 4; }),
              HasSubstr("header: weights of 4 bytes, but the number of a bin is one"));
  EXPECT_THAT(binned_refusal(iterative,
                             [](ImageParts& p) {
                               Network network = p.network();
                               network.layers[1].weight_format.bits = 16;
                               p.set_network(network);
                             }),
              HasSubstr("weights of 16 bits, but those of other layers have 32"));
  ImageParts bytes = ImageParts::of(MemoryImage::parse(binned_sample(base, 1), "sample"));
  for (std::size_t i = 0; i < bytes.parts.size(); ++i) {
    if (bytes.parts[i].section.kind == SectionKind::codebook) {
      Section section = bytes.parts[i].section;
      section.kind = SectionKind::match_row;
      bytes.parts.insert(bytes.parts.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                         {section, std::vector<std::uint8_t>(16, 0)});
    }
  }
  EXPECT_THAT(refusal_of_image(bytes.build()),
              HasSubstr("weights of 8 bits have no associative memory beside them"));
}

/// What is wrong with the rows of a layer: each by itself, and each against all others.
std::string flaw_of(const std::vector<std::int32_t>& centres, const std::vector<MatchRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const MatchRow& row = rows[i];
    if (row.is_empty()) {
      continue;
    }
    const auto free_bits = static_cast<unsigned>(row.free_bits);
    const std::int64_t step = std::int64_t{1} << free_bits;
    const std::int64_t operand = (row.value >> free_bits) * step + step / 2;
    if (row.bin >= centres.size() || row.product != centres[row.bin] * operand) {
      return "product of row " + std::to_string(i);
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (!rows[k].is_empty() && rows[k].bin == row.bin && rows[k].lowest() <= row.highest() &&
          row.lowest() <= rows[k].highest()) {
        return "rows " + std::to_string(k) + " and " + std::to_string(i) + " overlap";
      }
    }
  }
  return "";
}

// With good checksums, so that only a look at the content can find it.
TEST(BinnedImage, NoBitOfATableCanBeAlteredSoThatItIsWrong) {
  for (const int weight_bytes : {2, 4}) {
    const std::vector<std::uint8_t> good = binned_sample(Scheme::base, weight_bytes, true);
    int accepted = 0;
    int refused = 0;
    const std::vector<Section> sections = MemoryImage::parse(good, "good").sections();
    for (const Section& section : sections) {
      if (section.kind != SectionKind::codebook && section.kind != SectionKind::match_row) {
        continue;
      }
      for (std::size_t bit = 0; bit < 8 * section.bytes; ++bit) {
        std::vector<std::uint8_t> bytes = good;
        bytes[section.offset + bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        renew_checksums(bytes);
        if (refusal_of_image(bytes) != kNothingRefused) {
          ++refused;
          continue;
        }
        ++accepted;
        const MemoryImage image = MemoryImage::parse(bytes, "altered");
        const std::vector<std::int32_t> centres = image.codebook(section.layer);
        EXPECT_TRUE(std::is_sorted(centres.begin(), centres.end()));
        EXPECT_EQ(std::adjacent_find(centres.begin(), centres.end()), centres.end());
        const std::vector<MatchRow> rows = image.match_rows(section.layer);
        EXPECT_EQ(flaw_of(centres, rows), "") << section.name() << ", bit " << bit;
        if (section.kind == SectionKind::match_row) {
          const std::vector<std::uint8_t> same = encode_match_rows(rows, weight_bytes);
          const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(section.offset);
          EXPECT_TRUE(std::equal(same.begin(), same.end(), begin)) << "bytes that say nothing";
        }
      }
    }
    EXPECT_GT(refused, 0);
    EXPECT_GT(accepted, 0) << "a centre without a row can be another";
  }
}

TEST(BinnedImage, SumsAreProvedWithTheOperandsOfRows) {
  const auto with_bias = [](std::int64_t bias, std::int32_t value) {
    return binned_refusal(Scheme::base, [&](ImageParts& p) {
      const auto layer = static_cast<std::uint16_t>(p.network().layers.size() - 1);
      std::vector<std::uint8_t>& book = p.part(SectionKind::codebook, layer, 0, 0).bytes;
      const std::int32_t centre = decode_codebook(view(book), 4)[0];
      p.part(SectionKind::match_row, layer, 0, 0).bytes =
          encode_match_rows({{0, 0, value, std::int64_t{centre} * value}, {}, {}, {}}, 4);
      store_little_endian(p.part(SectionKind::bias, layer, 0, 0).bytes.data(),
                          static_cast<std::uint64_t>(bias), 8);
    });
  };
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kRoom = std::int64_t{1} << 30;
  EXPECT_EQ(with_bias(kMost - kRoom, 1), kNothingRefused);
  EXPECT_THAT(with_bias(kMost - kRoom, std::numeric_limits<std::int32_t>::max()),
              HasSubstr("the sums of kernel 0 may exceed 64 bits"));
}

}  // namespace
}  // namespace airnn::test
