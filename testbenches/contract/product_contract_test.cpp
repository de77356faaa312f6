// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/product_contract.h"

#include <gtest/gtest.h>

#include "hw/compute/product/exact_product.h"
#include "testbenches/contract/odd_plus_one.h"
#include "testbenches/contract/serial_engine.h"

namespace airnn::test {
namespace {

TEST(Products, KeepWhatEveryProductMustKeep) {
  for (const NamedProduct& product : extended_engines().products) {
    for (const int bits : {8, 16, 32}) {
      for (unsigned seed = 0; seed < 5; ++seed) {
        EXPECT_EQ(broken_product_rule(*product.make(), bits, seed), "")
            << product.name << " of " << bits << " bits";
      }
    }
  }
}

/// Forms of one product that can each be made wrong.
class BrokenProduct : public Product {
 public:
  std::int64_t product(std::int32_t weight, std::int32_t pixel) const override {
    return exact_.product(weight, pixel);
  }
  void accumulate(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                  std::size_t stride, std::int64_t* sums) const override {
    exact_.accumulate(begin, end, pixels, stride, sums);
  }
  std::int64_t dot(const KernelWeight* begin, const KernelWeight* end,
                   const std::int32_t* pixels) const override {
    return exact_.dot(begin, end, pixels);
  }
  bool skips_zeros() const override { return true; }

 private:
  ExactProduct exact_;
};

std::string rule_of(const Product& product) {
  return broken_product_rule(product, 16, 1);
}

TEST(BrokenProducts, TheModelOfThemIsNotBroken) {
  EXPECT_EQ(rule_of(BrokenProduct()), "");
}

TEST(BrokenProducts, ATileOfAnotherProductIsFound) {
  class Broken final : public BrokenProduct {
    void accumulate(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                    std::size_t stride, std::int64_t* sums) const override {
      OddPlusOne().accumulate(begin, end, pixels, stride, sums);
    }
  };
  EXPECT_EQ(rule_of(Broken()), "a tile is not the sum of its products");
}

TEST(BrokenProducts, ATileThatForgetsWhatWasThereIsFound) {
  class Broken final : public BrokenProduct {
    void accumulate(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                    std::size_t stride, std::int64_t* sums) const override {
      std::fill_n(sums, kTilePositions, 0);
      BrokenProduct::accumulate(begin, end, pixels, stride, sums);
    }
  };
  EXPECT_EQ(rule_of(Broken()), "a tile is not the sum of its products");
}

TEST(BrokenProducts, ATileThatIsTooLongIsFound) {
  class Broken final : public BrokenProduct {
    void accumulate(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                    std::size_t stride, std::int64_t* sums) const override {
      BrokenProduct::accumulate(begin, end, pixels, stride, sums);
      ++sums[kTilePositions];
    }
  };
  EXPECT_EQ(rule_of(Broken()), "a tile writes behind its positions");
}

TEST(BrokenProducts, ARowOfAnotherProductIsFound) {
  class Broken final : public BrokenProduct {
    std::int64_t dot(const KernelWeight* begin, const KernelWeight* end,
                     const std::int32_t* pixels) const override {
      return begin == end ? 0 : BrokenProduct::dot(begin + 1, end, pixels);
    }
  };
  EXPECT_EQ(rule_of(Broken()), "a row is not the sum of its products");
}

TEST(BrokenProducts, AProductWithMemoryIsFound) {
  class Broken final : public BrokenProduct {
    std::int64_t product(std::int32_t weight, std::int32_t pixel) const override {
      return BrokenProduct::product(weight, pixel) + calls_++;
    }
    mutable std::int64_t calls_ = 0;
  };
  EXPECT_NE(rule_of(Broken()).find("the same operands give another product"), std::string::npos);
}

TEST(BrokenProducts, ZerosThatMayNotBeSkippedAreFound) {
  class Broken final : public BrokenProduct {
    std::int64_t product(std::int32_t weight, std::int32_t pixel) const override {
      return OddPlusOne::multiply(weight, pixel);
    }
  };
  EXPECT_NE(rule_of(Broken()).find("a pixel of zero does not give zero"), std::string::npos);
}

TEST(BrokenProducts, OperandsThatMayNotChangePlacesAreFound) {
  class Broken final : public BrokenProduct {
    std::int64_t product(std::int32_t weight, std::int32_t pixel) const override {
      return BrokenProduct::product(weight - weight % 4, pixel);
    }
  };
  EXPECT_NE(rule_of(Broken()).find("operands may not change places"), std::string::npos);
}

/// Zeros among what stands in place of the pixels must add nothing.
TEST(BrokenProducts, SumsByTheInputsThatCountZerosAreFound) {
  class Broken final : public BrokenProduct {
    void accumulate(const KernelWeight* begin, const KernelWeight* end, const std::int32_t* pixels,
                    std::size_t stride, std::int64_t* sums) const override {
      BrokenProduct::accumulate(begin, end, pixels, stride, sums);
      if (stride == kTilePositions && begin != end && end[-1].column < 9) {
        sums[0] += pixels[begin->column * stride] == 0 ? 1 : 0;
      }
    }
  };
  EXPECT_NE(rule_of(Broken()), "");
}

}  // namespace
}  // namespace airnn::test
