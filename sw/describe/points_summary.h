// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/evaluate/plan.h"
#include "sw/evaluate/point_labels.h"

namespace airnn {

/// A row per point: what tells it from the others, accuracy, iterations, energy (uJ) and cycles per
/// input, and both divided by those of the base accelerator. Columns without a number are left out;
/// empty if all are.
std::string points_table(const MeasuredPoints& points);

/// The table of each experiment of `plan` that has one, under its title, of what `folder` has.
std::string points_summary(const Plan& plan, const std::string& folder);

}  // namespace airnn
