// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <random>

#include "hw/control/fetch/fetch_planner.h"
#include "sw/format/errors.h"
#include "sw/format/memory_image_builder.h"
#include "testbenches/contract/encoding/zero_runs.h"
#include "testbenches/support/random_image.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::vector<ByteView> views(const EncodedArrays& arrays) {
  std::vector<ByteView> views;
  for (const std::vector<std::uint8_t>& array : arrays) {
    views.push_back({array.data(), array.size()});
  }
  return views;
}

/// Every array by itself is too short by an entry: a message that begins with the name of one.
template <typename Decode>
void expect_short_arrays_refused(const WeightEncoding& encoding, const EncodedArrays& arrays,
                                 const CrsWidths& widths, const Decode& decode) {
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    EncodedArrays damaged = arrays;
    damaged[i].resize(damaged[i].size() - encoding.arrays()[i].entry_bytes(widths));
    try {
      decode(views(damaged));
      ADD_FAILURE() << encoding.arrays()[i].name << " may lack an entry";
    } catch (const ImageError& error) {
      bool is_named = false;
      for (const ArrayInfo& array : encoding.arrays()) {
        is_named = is_named || std::string(error.what()).rfind(array.name, 0) == 0;
      }
      EXPECT_TRUE(is_named) << error.what();
    }
  }
}

void expect_sizes(const WeightEncoding& encoding, const std::vector<std::uint64_t>& told,
                  const EncodedArrays& arrays, const CrsWidths& widths) {
  ASSERT_EQ(arrays.size(), encoding.arrays().size());
  ASSERT_EQ(told.size(), arrays.size());
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    EXPECT_EQ(arrays[i].size(), told[i]) << encoding.arrays()[i].name;
    EXPECT_EQ(told[i] % encoding.arrays()[i].entry_bytes(widths), 0U);
  }
}

std::int32_t random_value(std::mt19937_64& random, int bytes) {
  const std::int64_t most = (std::int64_t{1} << (8 * bytes - 1)) - 1;
  const auto value = std::uniform_int_distribution<std::int64_t>(-most - 1, most)(random);
  return static_cast<std::int32_t>(value == 0 ? 1 : value);
}

class MatrixEncodings : public testing::TestWithParam<const MatrixEncoding*> {};
class ClusterEncodings : public testing::TestWithParam<const ClusterEncoding*> {};

TEST_P(MatrixEncodings, KeepMatricesAndTellTheirBytes) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 60; ++round) {
    const MatrixShape shape = {1 + random() % 20, 1 + random() % 90, {1 << (round % 3), 2}};
    const std::uint64_t kept = random() % 101;  // percent; often long runs of zeros
    std::vector<std::int32_t> weights(shape.weights(), 0);
    for (std::int32_t& weight : weights) {
      weight = random() % 100 < kept ? random_value(random, shape.widths.value_bytes) : 0;
    }
    const EncodedArrays arrays = GetParam()->encode(weights, shape);
    expect_sizes(*GetParam(), GetParam()->bytes(weights, shape), arrays, shape.widths);
    ASSERT_EQ(GetParam()->decode(views(arrays), shape), weights);
    expect_short_arrays_refused(
        *GetParam(), arrays, shape.widths,
        [&](const std::vector<ByteView>& damaged) { GetParam()->decode(damaged, shape); });
  }
}

TEST_P(ClusterEncodings, KeepClustersAndTellTheirBytes) {
  std::mt19937_64 random(6);
  for (int round = 0; round < 60; ++round) {
    const CrsWidths widths = {1 << (round % 3), 2};
    CrsCluster cluster;
    for (std::uint32_t layer = 0; layer < 3; ++layer) {
      for (std::uint32_t row = 0; row < 10; ++row) {
        for (std::uint32_t column = 0; column < 30; ++column) {
          if (random() % 4 == 0 || (row == 0 && column == 0)) {
            cluster.append({random_value(random, widths.value_bytes), column, row, layer});
          }
        }
      }
    }
    const EncodedArrays arrays = GetParam()->encode(cluster, widths);
    expect_sizes(*GetParam(), GetParam()->bytes(cluster, widths), arrays, widths);
    ASSERT_EQ(GetParam()->decode(views(arrays), widths).weights(), cluster.weights());
    // A row or layer less is another cluster, no damage: only what belongs together is looked at.
    EncodedArrays damaged = arrays;
    damaged[1].pop_back();
    EXPECT_THROW(GetParam()->decode(views(damaged), widths), ImageError);
  }
}

std::string name_of(const testing::TestParamInfo<const MatrixEncoding*>& encoding) {
  return encoding.param->name();
}

const ZeroRuns kZeroRuns;
INSTANTIATE_TEST_SUITE_P(Encodings, MatrixEncodings,
                         testing::Values(&dense_encoding(),
                                         static_cast<const MatrixEncoding*>(&kZeroRuns)),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Encodings, ClusterEncodings, testing::Values(&clustered_encoding()),
                         [](const testing::TestParamInfo<const ClusterEncoding*>& encoding) {
                           return std::string(encoding.param->name());
                         });

/// An image in one of the encodings, and what its batches hold.
struct FetchCase {
  std::string name;
  Scheme scheme;
  bool zero_runs;
  bool lines;
};
std::ostream& operator<<(std::ostream& out, const FetchCase& c) {
  return out << c.name;
}

class FetchedEncodings : public testing::TestWithParam<FetchCase> {
 protected:
  static MemoryImage image(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    RandomImageOptions options;
    options.scheme = GetParam().scheme;
    options.widths = {1 << (seed % 3), 2};
    options.kept_percent = 35;
    options.lines = GetParam().lines;
    MemoryImage plain = random_image(options, random);
    return GetParam().zero_runs
               ? MemoryImage::parse(with_zero_runs(plain), "zero runs", encodings_with_zero_runs())
               : plain;
  }
  static std::vector<WeightWord> due(const MemoryImage& image, int iteration) {
    std::vector<WeightWord> words;
    for (std::uint16_t l = 0; l < image.network().layers.size(); ++l) {
      const std::vector<std::int32_t> weights = image.dense_weights(l);
      const auto columns = static_cast<std::size_t>(image.network().layers[l].columns);
      for (std::size_t i = 0; i < weights.size(); ++i) {
        words.push_back({weights[i], static_cast<std::uint32_t>(i % columns),
                         static_cast<std::uint32_t>(i / columns), l});
      }
    }
    for (std::uint16_t c = 0; c < 2; ++c) {
      for (const CrsWeight& w : image.cluster(static_cast<std::uint16_t>(iteration), c).weights()) {
        words.push_back({w.value, w.column, w.row, w.layer});
      }
    }
    return words;
  }
  /// The words of the beat's lines, if 64 bytes hold these; else of plain ones 64 bytes, at most.
  static std::uint32_t most_words_of_lines(const MemoryImage& image, const BatchContent& content,
                                           const BeatNeed& beat) {
    EXPECT_LE(beat.segments * segment_bytes(image.info().widths), 64U);
    std::uint32_t words = beat.segments == 0 ? 64 : 0;
    for (std::uint32_t i = 0; i < beat.segments; ++i) {
      words += (*content.segments())[beat.first_segment + i].length;
    }
    return words;
  }
  /// Delivers so many bursts of every stream.
  static void deliver(BatchContent& content, const MemoryImage& image,
                      const std::array<std::uint64_t, kStreams>& bursts) {
    for (std::size_t s = 0; s < kStreams; ++s) {
      for (std::uint64_t b = 0; b < bursts[s]; ++b) {
        const auto stream = static_cast<FetchStream>(s);
        content.update(stream, b, image.bytes().data + content.address(stream, b));
        content.deliver(stream, b);
      }
    }
    content.decode();
  }
};

TEST_P(FetchedEncodings, AnySplitIntoBeatsGivesTheSameWords) {
  for (std::uint64_t seed = 0; seed < 9; ++seed) {
    const MemoryImage image = FetchedEncodings::image(seed);
    for (const unsigned lanes : {1U, 3U, 16U, 64U}) {
      const FetchPlanner planner(image, lanes, assemblers_with_zero_runs());
      for (int iteration = 1; iteration <= planner.iterations(); ++iteration) {
        BatchContent content = planner.batch(iteration);
        deliver(content, image, content.bursts());
        ASSERT_FALSE(content.damaged());
        const std::vector<WeightWord> words = due(image, iteration);
        ASSERT_TRUE(*content.words() == words);
        std::uint64_t next = 0;
        std::array<std::uint32_t, kStreams> released{};
        for (const BeatNeed& beat : content.beats()) {
          ASSERT_EQ(beat.first, next);
          ASSERT_GT(beat.count, 0U);
          ASSERT_LE(beat.count,
                    GetParam().lines ? most_words_of_lines(image, content, beat) : lanes);
          next += beat.count;
          for (std::size_t s = 0; s < kStreams; ++s) {
            ASSERT_LE(beat.needed[s], content.bursts()[s]);
            ASSERT_LE(beat.released[s], beat.needed[s]);
            ASSERT_GE(beat.released[s], released[s]);
          }
          released = beat.released;
        }
        EXPECT_EQ(next, words.size());
        for (std::size_t s = 0; s < kStreams; ++s) {
          EXPECT_EQ(released[s], content.bursts()[s]) << "the last beat frees all";
        }
      }
    }
  }
}

/// A beat may leave when what it needs is there: nothing that comes later can change it.
TEST_P(FetchedEncodings, WhatABeatNeedsIsEnoughForIt) {
  for (std::uint64_t seed = 20; seed < 23; ++seed) {
    const MemoryImage image = FetchedEncodings::image(seed);
    const FetchPlanner planner(image, 16, assemblers_with_zero_runs());
    BatchContent whole = planner.batch(1);
    deliver(whole, image, whole.bursts());
    for (std::size_t b = 0; b < whole.beats().size(); b += 7) {
      const BeatNeed& beat = whole.beats()[b];
      BatchContent part = planner.batch(1);
      deliver(part, image, {beat.needed[0], beat.needed[1], beat.needed[2], beat.needed[3]});
      ASSERT_EQ(part.certain_damage(), "");
      ASSERT_GT(part.beats().size(), b);
      EXPECT_EQ(part.beats()[b].needed, beat.needed);
      EXPECT_EQ(part.beats()[b].released, beat.released);
      for (std::uint64_t i = beat.first; i < beat.first + beat.count; ++i) {
        ASSERT_TRUE((*part.words())[i] == (*whole.words())[i]) << "word " << i;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Encodings, FetchedEncodings,
    testing::Values(FetchCase{"dense", Scheme::base, false, false},
                    FetchCase{"clustered", Scheme::iterative, false, false},
                    FetchCase{"zero_runs", Scheme::base, true, false},
                    FetchCase{"dense_lines", Scheme::base, false, true},
                    FetchCase{"clustered_lines", Scheme::iterative, false, true}),
    [](const testing::TestParamInfo<FetchCase>& test) { return test.param.name; });

MemoryImage plain_image() {
  std::mt19937_64 random(8);
  RandomImageOptions options;
  options.scheme = Scheme::base;
  return random_image(options, random);
}

TEST(EncodingTable, RefusesAnEncodingThatItDoesNotHave) {
  try {
    MemoryImage::parse(with_zero_runs(plain_image()), "x.airnn");
    ADD_FAILURE() << "the image was taken";
  } catch (const ImageError& error) {
    EXPECT_STREQ(
        error.what(),
        "x.airnn: header: weight encoding 200 is unknown, expected 0 (dense), 1 (dense bins), "
        "2 (dense lines)");
  }
}

TEST(EncodingTable, AMachineWithoutAnAssemblerRefusesTheImage) {
  const MemoryImage image =
      MemoryImage::parse(with_zero_runs(plain_image()), "x", encodings_with_zero_runs());
  try {
    const FetchPlanner planner(image, 16);
    ADD_FAILURE() << "the image was taken";
  } catch (const ImageError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("the machine cannot fetch weight encoding 200 (zero_runs)"));
  }
}

TEST(EncodingTable, DamagedArraysOfAnImageAreRefusedByName) {
  const MemoryImage plain = plain_image();
  const MatrixShape shape = matrix_shape(plain.network().layers[0], plain.info().widths);
  const ZeroRuns encoding;
  const auto refusal = [&](const EncodedArrays& first) -> std::string {
    ImageInfo info = plain.info();
    info.encoding = kZeroRunsNumber;
    MemoryImageBuilder builder(info);
    for (const Section& section : plain.sections()) {
      const ByteView bytes = plain.content(section);
      if (section.kind != SectionKind::dense_value) {
        builder.add(section.kind, section.layer, 0, 0, {bytes.begin(), bytes.end()});
      } else if (section.layer == 0) {
        builder.add_arrays(encoding, 0, 0, 0, first);
      } else {
        builder.add_arrays(encoding, section.layer, 0, 0,
                           encoding.encode(plain.dense_weights(section.layer),
                                           matrix_shape(plain.network().layers[section.layer],
                                                        plain.info().widths)));
      }
    }
    try {
      MemoryImage::parse(builder.finish(), "x", encodings_with_zero_runs());
    } catch (const ImageError& error) {
      return error.what();
    }
    return {};
  };
  const EncodedArrays right = encoding.encode(plain.dense_weights(0), shape);
  EXPECT_EQ(refusal(right), "");
  EncodedArrays damaged = right;
  ++damaged[0][3];
  EXPECT_THAT(refusal(damaged), StartsWith("x: weights of layer 0: zero_run array: covers"));
  damaged = right;
  damaged[1].pop_back();
  EXPECT_THAT(refusal(damaged), StartsWith("x: weights of layer 0: run_value array: has"));
}

}  // namespace
}  // namespace airnn::test
