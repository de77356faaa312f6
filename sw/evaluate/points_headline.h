// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/evaluate/point_labels.h"

namespace airnn {

/// What the points of an experiment say in one sentence: which needs least energy, how much against
/// its base, and with what accuracy. Of images alone, where their elbows lie. True of any points,
/// also if none is done; how many are not is part of it.
std::string points_headline(const MeasuredPoints& points);

/// The same of their iterations: where inputs stop earliest, and where latest.
std::string iterations_headline(const MeasuredPoints& points);

}  // namespace airnn
