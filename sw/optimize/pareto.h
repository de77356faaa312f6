// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace airnn {

/// A value of each objective; less is better in all of them.
using Fitness = std::vector<double>;

/// Indices, ascending, of the points that no other dominates: is at most as large in all objectives
/// and smaller in one. Points that are equal are all among them. All have as many objectives, at
/// least two.
std::vector<std::size_t> pareto_front(const std::vector<Fitness>& points);

/// The volume of what the points dominate and `reference` bounds. A point that is not below the
/// reference in all objectives adds nothing.
double hypervolume(const std::vector<Fitness>& points, const Fitness& reference);

}  // namespace airnn
