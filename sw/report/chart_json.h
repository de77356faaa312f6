// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/report/report.h"

namespace airnn {

/// What page.js draws a plot from, as JSON on one line: kind, axes (type and label), and series of
/// name, role and points. Of bars, x is always a category.
std::string chart_json(const ReportPlot& plot);

}  // namespace airnn
