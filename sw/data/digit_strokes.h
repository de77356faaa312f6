// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace airnn {

/// A point the pen passes: x to the right, y down, a digit about 1 high. Curves are smooth through
/// all points but corners.
struct PenPoint {
  double x = 0.0;
  double y = 0.0;
  bool corner = false;
};

/// From pen down to pen up.
using Stroke = std::vector<PenPoint>;

/// One way to write a digit.
struct DigitForm {
  const char* name;
  double share;  ///< how usual it is among the forms of its digit
  std::vector<Stroke> strokes;
};

/// The forms of digit 0..9.
const std::vector<DigitForm>& digit_forms(int digit);

}  // namespace airnn
