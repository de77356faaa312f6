// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_planner.h"

#include <gtest/gtest.h>

#include "testbenches/reference/fetch_job.h"
#include "testbenches/support/random_image.h"

namespace airnn::test {
namespace {

MemoryImage image_of(Scheme scheme, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  RandomImageOptions options;
  options.scheme = scheme;
  return random_image(options, random);
}

/// Addresses of all bursts of a stream, in the order in which it reads them.
std::vector<std::uint64_t> addresses(const BatchContent& content, FetchStream stream) {
  std::vector<std::uint64_t> result;
  for (std::uint64_t b = 0; b < content.bursts()[static_cast<std::size_t>(stream)]; ++b) {
    result.push_back(content.address(stream, b));
  }
  return result;
}

std::vector<std::uint64_t> addresses(const FetchJob& job, std::size_t stream) {
  std::vector<std::uint64_t> result;
  for (const FetchArrays& arrays : job.arrays) {
    for (std::uint64_t at = 0; at < arrays.parts[stream].bytes; at += 64) {
      result.push_back(arrays.parts[stream].address + at);
    }
  }
  return result;
}

TEST(FetchPlanner, ReadsBothClustersOfABatchInEveryStream) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const MemoryImage image = image_of(Scheme::iterative, seed);
    const FetchPlanner planner(image, 16);
    for (int i = 1; i <= planner.iterations(); ++i) {
      const BatchContent batch = planner.batch(i);
      EXPECT_EQ(batch.kind(), BatchKind::weights);
      const FetchJob expected = batch_job(image, i, 16);
      for (std::size_t s = 0; s < kStreams; ++s) {
        EXPECT_EQ(addresses(batch, static_cast<FetchStream>(s)), addresses(expected, s));
      }
    }
  }
}

TEST(FetchPlanner, ReadsOneValueArrayPerLayerInSchemeBase) {
  const MemoryImage image = image_of(Scheme::base, 1);
  const FetchPlanner planner(image, 16);
  const BatchContent batch = planner.batch(1);
  EXPECT_EQ(planner.iterations(), 1);
  EXPECT_EQ(batch.kind(), BatchKind::weights);
  EXPECT_EQ(addresses(batch, FetchStream::value), addresses(batch_job(image, 1, 16), 0));
  EXPECT_EQ(batch.bursts()[1] + batch.bursts()[2] + batch.bursts()[3], 0U);
}

TEST(FetchPlanner, ReadsDirectoryBiasesAndInputMap) {
  const MemoryImage image = image_of(Scheme::iterative, 2);
  const FetchPlanner planner(image, 16);
  EXPECT_EQ(addresses(planner.directory(), FetchStream::value), addresses(directory_job(image), 0));
  EXPECT_EQ(addresses(planner.biases(), FetchStream::value), addresses(bias_job(image, 16), 0));
  EXPECT_EQ(addresses(planner.input_map(8192), FetchStream::value),
            addresses(input_job(image, 8192), 0));
}

TEST(FetchPlanner, HasNoAddressBehindTheLastBurst) {
  const MemoryImage image = image_of(Scheme::iterative, 3);
  const BatchContent directory = FetchPlanner(image, 16).directory();
  EXPECT_THROW(directory.address(FetchStream::value, directory.bursts()[0]), std::out_of_range);
}

}  // namespace
}  // namespace airnn::test
