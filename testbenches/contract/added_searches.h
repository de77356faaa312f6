// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "sw/campaign/search/search.h"

namespace airnn::test {

/// All points that the experiments name.
std::vector<ProposedPoint> points_of(const ExperimentSuite& suite);

/// Two points at a time, drawn at random from those that the experiments name.
class RandomSearch : public Search {
 public:
  RandomSearch(const ExperimentSuite& suite, std::uint32_t seed)
      : left_(points_of(suite)), random_(seed) {}
  std::vector<ProposedPoint> next(const MeasuredSoFar& measured) override;

 private:
  std::vector<ProposedPoint> left_;
  std::mt19937 random_;
};

/// One point at a time: goes forward through the experiments' points while the last one has no
/// result or took fewer cycles than the one before, else to their end and back.
class ClimbingSearch : public Search {
 public:
  explicit ClimbingSearch(const ExperimentSuite& suite) : left_(points_of(suite)) {}
  std::vector<ProposedPoint> next(const MeasuredSoFar& measured) override;

 private:
  std::vector<ProposedPoint> left_;
};

/// Broken: other points every time.
class FickleSearch : public Search {
 public:
  explicit FickleSearch(const ExperimentSuite& suite) : search_(suite, ++seeds_) {}
  std::vector<ProposedPoint> next(const MeasuredSoFar& measured) override {
    return search_.next(measured);
  }

 private:
  static inline std::uint32_t seeds_ = 0;
  RandomSearch search_;
};

/// Broken: the same point again and again.
class EndlessSearch : public Search {
 public:
  explicit EndlessSearch(const ExperimentSuite& suite) : points_(points_of(suite)) {}
  std::vector<ProposedPoint> next(const MeasuredSoFar& measured) override;

 private:
  std::vector<ProposedPoint> points_;
};

/// Broken: a point of an experiment that does not exist.
class StraySearch : public Search {
 public:
  explicit StraySearch(const ExperimentSuite& suite) : points_(points_of(suite)) {}
  std::vector<ProposedPoint> next(const MeasuredSoFar& measured) override;

 private:
  std::vector<ProposedPoint> points_;
};

}  // namespace airnn::test
