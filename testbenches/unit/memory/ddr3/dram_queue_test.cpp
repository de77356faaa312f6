// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/dram_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace airnn {
namespace {

constexpr std::uint32_t kBanks = 8;
constexpr std::uint32_t kDepth = 16;
constexpr std::uint32_t kClosed = ~0U;

QueuedRequest request(std::uint64_t age, std::uint32_t bank, std::uint32_t row,
                      std::uint32_t column) {
  QueuedRequest made;
  made.id = made.age = age;
  made.bank = bank;
  made.row = row;
  made.column = column;
  return made;
}

/// All requests in one list, oldest first; every question is a walk over it.
class NaiveQueue {
 public:
  std::vector<QueuedRequest> requests;
  std::vector<std::uint32_t> open_rows = std::vector<std::uint32_t>(kBanks, kClosed);

  template <typename Fits>
  const QueuedRequest* first(Fits fits) const {
    const auto found = std::find_if(requests.begin(), requests.end(), fits);
    return found == requests.end() ? nullptr : &*found;
  }
};

class QueuePair {
 public:
  explicit QueuePair(std::uint32_t seed) : random_(seed) {}

  void step() {
    const std::uint32_t bank = below(kBanks);
    switch (below(5)) {
      case 0:
      case 1:
        push(bank);
        break;
      case 2:
        remove();
        break;
      case 3:
        naive_.open_rows[bank] = below(3);
        queue_.row_opened(bank, naive_.open_rows[bank]);
        break;
      default:
        naive_.open_rows[bank] = kClosed;
        queue_.row_closed(bank);
    }
    compare();
  }

 private:
  std::uint32_t below(std::uint32_t limit) {
    return std::uniform_int_distribution<std::uint32_t>(0, limit - 1)(random_);
  }

  void push(std::uint32_t bank) {
    if (naive_.requests.size() == kDepth) {
      return;
    }
    const QueuedRequest made = request(age_++, bank, below(3), below(3));
    queue_.push(made, naive_.open_rows[bank] == made.row);
    naive_.requests.push_back(made);
  }

  void remove() {
    if (naive_.requests.empty()) {
      return;
    }
    const auto victim = naive_.requests.begin() + below(static_cast<std::uint32_t>(size()));
    queue_.remove(index_of(*victim));
    naive_.requests.erase(victim);
  }

  std::size_t size() const { return naive_.requests.size(); }

  /// Where the queue holds a request; each slot is looked at.
  DramQueue::Index index_of(const QueuedRequest& wanted) const {
    for (DramQueue::Index i = 0; i < static_cast<DramQueue::Index>(kDepth); ++i) {
      if (queue_.at(i).id == wanted.id) {
        return i;
      }
    }
    return DramQueue::kNone;
  }

  void expect_is(DramQueue::Index index, const QueuedRequest* wanted) const {
    ASSERT_EQ(index == DramQueue::kNone, wanted == nullptr);
    if (wanted != nullptr) {
      EXPECT_EQ(queue_.at(index).id, wanted->id);
    }
  }

  void compare() const {
    ASSERT_EQ(queue_.size(), size());
    ASSERT_EQ(queue_.empty(), size() == 0);
    for (std::uint32_t bank = 0; bank < kBanks; ++bank) {
      const QueuedRequest* oldest =
          naive_.first([&](const QueuedRequest& r) { return r.bank == bank; });
      ASSERT_EQ((queue_.banks() >> bank & 1) != 0, oldest != nullptr);
      expect_is(queue_.oldest(bank), oldest);
      expect_is(queue_.oldest_hit(bank), naive_.first([&](const QueuedRequest& r) {
        return r.bank == bank && r.row == naive_.open_rows[bank];
      }));
      for (std::uint32_t row = 0; row < 3; ++row) {
        compare_row(bank, row);
      }
    }
  }

  void compare_row(std::uint32_t bank, std::uint32_t row) const {
    const auto to_row = [&](const QueuedRequest& r) { return r.bank == bank && r.row == row; };
    EXPECT_EQ(queue_.any_to_row(bank, row, DramQueue::kNone), naive_.first(to_row) != nullptr);
    EXPECT_EQ(queue_.any_to_other_row(bank, row), naive_.first([&](const QueuedRequest& r) {
      return r.bank == bank && r.row != row;
    }) != nullptr);
    for (const QueuedRequest& except : naive_.requests) {
      EXPECT_EQ(queue_.any_to_row(bank, row, index_of(except)),
                naive_.first([&](const QueuedRequest& r) {
                  return to_row(r) && r.id != except.id;
                }) != nullptr);
    }
    for (std::uint32_t column = 0; column < 3; ++column) {
      const DramQueue::Index found = queue_.find(bank, row, column);
      const QueuedRequest* wanted =
          naive_.first([&](const QueuedRequest& r) { return to_row(r) && r.column == column; });
      expect_is(found, wanted);
    }
  }

  std::mt19937 random_;
  DramQueue queue_{kDepth, kBanks};
  NaiveQueue naive_;
  std::uint64_t age_ = 1;
};

TEST(DramQueue, AnswersEveryQuestionLikeAListThatIsWalkedOver) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    QueuePair pair(seed);
    for (int i = 0; i < 300 && !::testing::Test::HasFailure(); ++i) {
      pair.step();
    }
    ASSERT_FALSE(::testing::Test::HasFailure()) << "seed " << seed;
  }
}

TEST(DramQueue, TheNextHitFollowsTheOneThatWasServed) {
  DramQueue queue(4, 1);
  queue.push(request(1, 0, 7, 0), true);
  queue.push(request(2, 0, 9, 0), false);
  queue.push(request(3, 0, 7, 1), true);
  queue.remove(queue.oldest_hit(0));
  EXPECT_EQ(queue.at(queue.oldest_hit(0)).age, 3U);
  EXPECT_EQ(queue.at(queue.oldest(0)).age, 2U);
  queue.remove(queue.oldest_hit(0));
  EXPECT_EQ(queue.oldest_hit(0), DramQueue::kNone);
}

TEST(DramQueue, IsFilledToItsDepthAndUsedAgain) {
  DramQueue queue(2, 2);
  for (std::uint64_t round = 0; round < 3; ++round) {
    queue.push(request(2 * round, 0, 1, 0), false);
    queue.push(request(2 * round + 1, 1, 1, 0), false);
    EXPECT_EQ(queue.size(), 2U);
    EXPECT_EQ(queue.banks(), 3U);
    queue.remove(queue.oldest(1));
    queue.remove(queue.oldest(0));
    EXPECT_TRUE(queue.empty());
    EXPECT_EQ(queue.banks(), 0U);
  }
}

}  // namespace
}  // namespace airnn
