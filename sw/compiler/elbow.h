// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace airnn {

/// Numbers of clusters that the elbow method looks at: 1..kElbowLimit.
inline constexpr int kElbowLimit = 20;

/// One more cluster is worth its price while it removes at least this part of WCSS(1).
inline constexpr double kElbowGain = 1.0 / 128;

/// WCSS(K) / WCSS(1); all zero for a layer whose weights are all equal.
std::vector<double> normalised_curve(const std::vector<double>& squares);

/// Mean of normalised curves of equal length, each layer with the same weight (paper, Figure 10).
std::vector<double> average_curve(const std::vector<std::vector<double>>& curves);

/// The elbow of a normalised curve: the smallest K whose next cluster removes less than kElbowGain,
/// that is W(K) - W(K+1) < kElbowGain; the last K if there is none. The paper (section IV) looks
/// for the point after which more clusters do not significantly reduce WCSS; optimal curves are
/// convex, so no later cluster removes more. Unlike the largest distance from a chord, the answer
/// does not move with kElbowLimit.
int elbow(const std::vector<double>& curve);

}  // namespace airnn
