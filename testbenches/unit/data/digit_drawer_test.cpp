// SPDX-License-Identifier: Apache-2.0
#include "sw/data/digit_drawer.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sw/data/digit_strokes.h"
#include "sw/format/memory_image.h"
#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

std::vector<Bytes> split(const ImageSet& set) {
  std::vector<Bytes> images;
  for (std::int32_t i = 0; i < set.count; ++i) {
    images.emplace_back(set.pixels_of(i), set.pixels_of(i) + set.image_size());
  }
  return images;
}

TEST(DigitDrawer, DrawsTheSameBytesForTheSameSeedEverywhere) {
  const LabelledSet set = draw_digits(50, 7);
  EXPECT_EQ(draw_digits(50, 7).images.pixels, set.images.pixels);
  const Bytes labels(set.labels.begin(), set.labels.end());
  // Committed: a change of these means that everybody's drawn sets change.
  EXPECT_EQ(crc32c({labels.data(), labels.size()}), 0xFDB4BBD4U);
  EXPECT_EQ(crc32c({set.images.pixels.data(), set.images.pixels.size()}), 0x4E2C77D2U);
}

TEST(DigitDrawer, DrawsOthersForAnotherSeed) {
  EXPECT_NE(draw_digits(20, 1).images.pixels, draw_digits(20, 2).images.pixels);
  EXPECT_NE(draw_digits(20, 1).labels, draw_digits(20, 2).labels);
}

TEST(DigitDrawer, DrawsTheFirstOfALargeSetAsThoseOfASmallOne) {
  const LabelledSet small = draw_digits(13, 5);
  const LabelledSet large = draw_digits(40, 5);
  EXPECT_TRUE(std::equal(small.labels.begin(), small.labels.end(), large.labels.begin()));
  EXPECT_TRUE(std::equal(small.images.pixels.begin(), small.images.pixels.end(),
                         large.images.pixels.begin()));
}

TEST(DigitDrawer, BalancesAndMixesLabels) {
  const LabelledSet set = draw_digits(200, 3);
  for (std::int32_t digit = 0; digit < 10; ++digit) {
    EXPECT_EQ(std::count(set.labels.begin(), set.labels.end(), digit), 20) << digit;
  }
  std::set<std::vector<std::int32_t>> orders;
  for (std::size_t ten = 0; ten < 200; ten += 10) {
    const auto begin = set.labels.begin() + static_cast<std::ptrdiff_t>(ten);
    orders.emplace(begin, begin + 10);
  }
  EXPECT_EQ(orders.size(), 20U);
}

TEST(DigitDrawer, DrawsNoDigitTwice) {
  const std::vector<Bytes> images = split(draw_digits(1000, 1).images);
  EXPECT_EQ(std::set<Bytes>(images.begin(), images.end()).size(), images.size());
}

/// Average difference per pixel between drawings of one digit: a template with noise would be near
/// 0.
TEST(DigitDrawer, WritesEachDigitInManyWays) {
  const LabelledSet set = draw_digits(300, 11);
  const std::vector<Bytes> images = split(set.images);
  for (std::int32_t digit = 0; digit < 10; ++digit) {
    double difference = 0.0;
    int pairs = 0;
    for (std::size_t i = 0; i < images.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (set.labels[i] == digit && set.labels[j] == digit) {
          for (std::size_t k = 0; k < images[i].size(); ++k) {
            difference += std::abs(images[i][k] - images[j][k]);
          }
          ++pairs;
        }
      }
    }
    EXPECT_GT(difference / pairs / 784.0, 10.0) << digit;
  }
}

TEST(DigitDrawer, CentresInkInACleanFrame) {
  const LabelledSet set = draw_digits(500, 9);
  for (const Bytes& image : split(set.images)) {
    double mass = 0.0;
    double x = 0.0;
    double y = 0.0;
    for (std::size_t i = 0; i < image.size(); ++i) {
      mass += image[i];
      x += image[i] * (static_cast<double>(i % 28) + 0.5);
      y += image[i] * (static_cast<double>(i / 28) + 0.5);
    }
    ASSERT_NEAR(x / mass, 14.0, 0.8);
    ASSERT_NEAR(y / mass, 14.0, 0.8);
    ASSERT_GT(mass / 255.0, 12.0);
    ASSERT_LT(mass / 255.0, 300.0);
    EXPECT_EQ(*std::max_element(image.begin(), image.end()) > 200, true);
    EXPECT_EQ(image[0] + image[27] + image[27 * 28] + image[783], 0);
  }
}

TEST(DigitDrawer, KnowsSeveralFormsOfEveryDigit) {
  for (int digit = 0; digit < 10; ++digit) {
    EXPECT_GE(digit_forms(digit).size(), 4U);
    for (const DigitForm& form : digit_forms(digit)) {
      EXPECT_GT(form.share, 0.0) << form.name;
      for (const Stroke& stroke : form.strokes) {
        EXPECT_GE(stroke.size(), 2U) << form.name;
      }
    }
  }
}

TEST(DigitDrawer, RefusesToDrawNothing) {
  EXPECT_EQ(refusal([] { draw_digits(0, 1); }), "0 digits to draw, expected at least 1");
}

}  // namespace
}  // namespace airnn
