// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <regex>
#include <string>
#include <vector>

#include "sw/report/embedded.h"

namespace airnn::test {
namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

Triple times(const Matrix& matrix, const Triple& vector) {
  Triple product{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t i = 0; i < 3; ++i) {
      product[row] += matrix[row][i] * vector[i];
    }
  }
  return product;
}

/// "#rrggbb" as amounts of light (sRGB).
Triple light_of(const std::string& colour) {
  Triple light{};
  for (std::size_t i = 0; i < 3; ++i) {
    const double value = std::stoi(colour.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
    light[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  }
  return light;
}

double luminance(const Triple& light) {
  return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
}

/// CIE L*a*b*, in which distances are those that people see; 2.3 can just be noticed.
Triple seen(const Triple& light) {
  const Matrix to_xyz = {{{0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505},
                          {0.2126, 0.7152, 0.0722},
                          {0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089}}};
  Triple f = times(to_xyz, light);
  for (double& value : f) {
    value = value > 0.008856 ? std::cbrt(value) : 7.787 * value + 16.0 / 116;
  }
  return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

double distance(const Triple& a, const Triple& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/// The colours of plots, as page.js has them.
std::vector<std::string> palette() {
  const std::string script(embedded_page_js());
  const std::size_t begin = script.find("const kColours = ");
  const std::string list = script.substr(begin, script.find(';', begin) - begin);
  const std::regex colour("#[0-9a-f]{6}");
  std::vector<std::string> colours;
  for (std::sregex_iterator it(list.begin(), list.end(), colour), end; it != end; ++it) {
    colours.push_back(it->str());
  }
  return colours;
}

TEST(Palette, EveryColourStandsOutFromThePage) {
  EXPECT_EQ(palette().size(), 8U);
  for (const std::string& colour : palette()) {
    EXPECT_GE(1.05 / (luminance(light_of(colour)) + 0.05), 3) << colour;  // WCAG 2.1, 1.4.11
  }
}

TEST(Palette, AnyTwoDifferToEveryEyeThatSeesTwoColours) {
  // What is left of the three kinds of cones if one is missing (Machado, Oliveira, Fernandes 2009).
  const std::array<Matrix, 4> eyes = {{{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
                                       {{{0.152286, 1.052583, -0.204868},
                                         {0.114503, 0.786281, 0.099216},
                                         {-0.003882, -0.048116, 1.051998}}},
                                       {{{0.367322, 0.860646, -0.227968},
                                         {0.280085, 0.672501, 0.047413},
                                         {-0.011820, 0.042940, 0.968881}}},
                                       {{{1.255528, -0.076749, -0.178779},
                                         {-0.078411, 0.930809, 0.147602},
                                         {0.004733, 0.691367, 0.303900}}}}};
  const std::vector<std::string> colours = palette();
  for (std::size_t eye = 0; eye < eyes.size(); ++eye) {
    const auto look = [&](const std::string& colour) {
      Triple light = times(eyes[eye], light_of(colour));
      for (double& value : light) {
        value = std::min(1.0, std::max(0.0, value));
      }
      return seen(light);
    };
    for (std::size_t a = 0; a < colours.size(); ++a) {
      for (std::size_t b = a + 1; b < colours.size(); ++b) {
        EXPECT_GE(distance(look(colours[a]), look(colours[b])), 20)
            << colours[a] << " and " << colours[b] << ", eye " << eye;
      }
    }
  }
}

}  // namespace
}  // namespace airnn::test
