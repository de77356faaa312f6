// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/report/report.h"

namespace airnn {

/// So many decimals, and a comma after every three digits before the point: "12,345.60".
std::string decimal_text(double number, int decimals);

/// Rounded to so many significant digits, without zeros at the end: "0.0125", "12,350,000"; outside
/// of 1e-4 .. 1e15 with an exponent: "1.25e-07".
std::string significant_text(double number, int digits);

/// A share of 0 .. 1 with three significant digits: "12.5 %".
std::string percent_text(double share);

/// A cell as its column wants it, in words and signs only: a missing value is an en dash, a mark a
/// check mark or nothing.
std::string cell_text(const ReportColumn& column, const ReportCell& cell);

}  // namespace airnn
