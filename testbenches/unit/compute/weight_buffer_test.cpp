// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/buffer/weight_buffer.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace airnn::test {
namespace {

constexpr std::uint32_t kKernels = 5;
constexpr std::uint32_t kColumns = 7;

BufferMap buffer_map() {
  Layer layer;
  layer.kernels = kKernels;
  layer.columns = kColumns;
  return BufferMap(layer);
}

/// A weight buffer as a map from coordinates to values.
class NaiveBuffer {
 public:
  void reset() { weights_.clear(); }
  void place(const std::vector<PlacedWord>& words) {
    for (const PlacedWord& word : words) {
      const std::pair<std::uint32_t, std::uint32_t> at{word.slot / (kColumns + 2),
                                                       word.slot % (kColumns + 2)};
      (at.second < kColumns ? weights_ : biases_)[at] = word.value;
    }
  }
  void expect_equal(const SparseKernels& kernels) const {
    ASSERT_EQ(kernels.kernels(), kKernels);
    std::uint64_t weights = 0;
    std::uint32_t nonzero_kernels = 0;
    std::map<std::uint32_t, bool> used;
    for (std::uint32_t kernel = 0; kernel < kKernels; ++kernel) {
      std::vector<std::pair<std::uint32_t, std::int32_t>> due;
      for (std::uint32_t column = 0; column < kColumns; ++column) {
        const auto found = weights_.find({kernel, column});
        if (found != weights_.end() && found->second != 0) {
          due.emplace_back(column, found->second);
          used[column] = true;
        }
      }
      std::vector<std::pair<std::uint32_t, std::int32_t>> got;
      for (const KernelWeight* w = kernels.begin(kernel); w != kernels.end(kernel); ++w) {
        got.emplace_back(w->column, w->value);
      }
      ASSERT_EQ(got, due) << "kernel " << kernel;
      ASSERT_EQ(kernels.count(kernel), due.size());
      ASSERT_EQ(kernels.bias(kernel), bias(kernel)) << "kernel " << kernel;
      weights += due.size();
      nonzero_kernels += due.empty() ? 0 : 1;
    }
    EXPECT_EQ(kernels.weights(), weights);
    EXPECT_EQ(kernels.nonzero_kernels(), nonzero_kernels);
    std::vector<std::uint32_t> columns;
    for (const auto& [column, is_used] : used) {
      columns.push_back(column);
    }
    EXPECT_EQ(kernels.used_columns(), columns);
  }

 private:
  std::int64_t bias(std::uint32_t kernel) const {
    const auto half = [&](std::uint32_t column) {
      const auto found = biases_.find({kernel, column});
      return found == biases_.end() ? 0U : static_cast<std::uint32_t>(found->second);
    };
    return static_cast<std::int64_t>(std::uint64_t{half(kColumns + 1)} << 32 | half(kColumns));
  }

  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int32_t> weights_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int32_t> biases_;
};

/// Both buffers side by side. Words stay where they are, as named content demands.
class BothBuffers {
 public:
  explicit BothBuffers(unsigned seed) : random_(seed) {
    for (auto& content : contents_) {
      content = weights(pick(1, 6));
    }
  }
  std::uint32_t pick(std::uint32_t low, std::uint32_t high) {
    return std::uniform_int_distribution<std::uint32_t>(low, high)(random_);
  }

  void reset() {
    buffer_.reset();
    naive_.reset();
    placed_ = 0;
  }
  void place(const std::vector<PlacedWord>& words, ContentId content) {
    buffer_.place({words.data(), static_cast<std::uint32_t>(words.size()), content, 0});
    naive_.place(words);
    placed_ += words.size();
  }
  void place_named(std::uint32_t content) { place(contents_[content], content + 1); }
  void place_nameless() {
    nameless_.push_back(std::make_unique<std::vector<PlacedWord>>(weights(pick(1, 4))));
    place(*nameless_.back(), 0);
  }
  void place_bias() {
    const std::uint32_t slot = pick(0, kKernels - 1) * (kColumns + 2) + kColumns;
    const std::vector<PlacedWord> words = {{slot, number()}, {slot + 1, number()}};
    place(words, 0);
    placed_ -= words.size();
  }
  void compare() {
    EXPECT_EQ(buffer_.weights(), placed_);
    naive_.expect_equal(buffer_.kernels());
  }
  const SparseKernels& kernels() { return buffer_.kernels(); }

 private:
  std::int32_t number() {
    return std::uniform_int_distribution<std::int32_t>(INT32_MIN, INT32_MAX)(random_);
  }
  std::vector<PlacedWord> weights(std::uint32_t count) {
    std::vector<PlacedWord> words;
    for (std::uint32_t i = 0; i < count; ++i) {
      words.push_back({pick(0, kKernels - 1) * (kColumns + 2) + pick(0, kColumns - 1),
                       pick(0, 5) == 0 ? 0 : number()});
    }
    return words;
  }

  std::mt19937 random_;
  WeightBuffer buffer_{buffer_map()};
  NaiveBuffer naive_;
  std::uint64_t placed_ = 0;
  std::vector<PlacedWord> contents_[6];
  std::vector<std::unique_ptr<std::vector<PlacedWord>>> nameless_;
};

TEST(WeightBuffer, ResetClearsWeightsAndLeavesBiases) {
  BothBuffers both(1);
  both.place_bias();
  both.place_named(0);
  both.compare();
  both.reset();
  both.compare();
  EXPECT_EQ(both.kernels().weights(), 0U);
  both.place_bias();
  both.compare();
}

TEST(WeightBuffer, KnownStateIsUsedAgain) {
  BothBuffers both(2);
  both.place_named(0);
  both.place_named(1);
  const SparseKernels* first = &both.kernels();
  both.reset();
  both.place_named(0);
  EXPECT_NE(&both.kernels(), first);
  both.place_named(1);
  EXPECT_EQ(&both.kernels(), first);
  both.compare();
}

TEST(WeightBuffer, AnotherBiasMakesKnownStatesUnknown) {
  BothBuffers both(3);
  both.place_bias();
  both.place_named(0);
  both.compare();
  both.reset();
  both.place_bias();
  both.place_named(0);
  both.compare();
}

TEST(WeightBuffer, NamelessWordsBetweenNamedOnesAreKept) {
  BothBuffers both(4);
  both.place_named(0);
  both.compare();
  both.reset();
  both.place_named(0);
  both.place_nameless();
  both.place_named(1);
  both.compare();
  both.reset();
  both.place_named(0);
  both.place_named(1);
  both.compare();
}

TEST(WeightBuffer, StagedWordsCountFromTheirConfigureOn) {
  WeightBuffer buffer(buffer_map());
  std::vector<PlacedWord> words = {{0, 5}, {kColumns + 2, 6}};
  buffer.place({words.data(), 1, 0, 0, 0});
  buffer.stage({words.data() + 1, 1, 0, 0, 2});
  words.assign(2, {3, 99});  // the sender may use its words again
  EXPECT_EQ(buffer.kernels().weights(), 1U);
  buffer.configure(1);
  EXPECT_EQ(buffer.kernels().weights(), 1U);
  buffer.configure(2);
  ASSERT_EQ(buffer.kernels().weights(), 2U);
  EXPECT_EQ(buffer.kernels().begin(0)->value, 5);
  EXPECT_EQ(buffer.kernels().begin(1)->value, 6);
  EXPECT_EQ(buffer.weights(), 2U);
}

TEST(WeightBuffer, ResetDropsStagedWords) {
  WeightBuffer buffer(buffer_map());
  const PlacedWord word = {0, 5};
  buffer.stage({&word, 1, 0, 0, 2});
  buffer.reset();
  buffer.configure(2);
  EXPECT_EQ(buffer.kernels().weights(), 0U);
}

TEST(WeightBuffer, EqualsAMapOverRandomSequences) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    BothBuffers both(seed);
    for (int step = 0; step < 120; ++step) {
      switch (both.pick(0, 9)) {
        case 0:
        case 1:
          both.reset();
          break;
        case 2:
          both.place_nameless();
          break;
        case 3:
          if (both.pick(0, 3) == 0) {
            both.place_bias();
          }
          break;
        case 4:
        case 5:
          ASSERT_NO_FATAL_FAILURE(both.compare()) << "seed " << seed << ", step " << step;
          break;
        default:
          both.place_named(both.pick(0, 5));
      }
    }
  }
}

/// More states than are kept.
TEST(WeightBuffer, ForgetsStatesWithoutHarm) {
  BothBuffers both(5);
  for (std::uint32_t path = 0; path < 400; ++path) {
    both.reset();
    for (std::uint32_t rest = path; rest > 0; rest /= 6) {
      both.place_named(rest % 6);
    }
    ASSERT_NO_FATAL_FAILURE(both.compare()) << "path " << path;
  }
}

TEST(SparseKernels, BiasIsLowAndHighWord) {
  Layer layer;
  layer.kernels = 3;
  layer.columns = 1;
  const SparseKernels kernels(BufferMap(layer), {0, -1, -1, 7, -1, 0, 0, 0, INT32_MIN});
  EXPECT_EQ(kernels.bias(0), -1);
  EXPECT_EQ(kernels.bias(1), 0xFFFFFFFFLL);
  EXPECT_EQ(kernels.bias(2), INT64_MIN);
  EXPECT_EQ(kernels.nonzero_kernels(), 1U);
  EXPECT_EQ(kernels.weights(), 1U);
}

}  // namespace
}  // namespace airnn::test
