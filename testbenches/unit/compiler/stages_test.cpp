// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/compiler/batch_plan.h"
#include "sw/compiler/batch_reports.h"
#include "sw/compiler/cluster_arrays.h"
#include "sw/compiler/formatted_network.h"
#include "sw/compiler/network_interleaving.h"
#include "sw/compiler/weighted_layers.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::FieldsAre;

/// Layers 0 and 2 have weights, of 2 kernels and 3 columns; halves and quarters are integers.
Network three_layers() {
  Network network;
  network.layers.resize(3);
  for (Layer& layer : network.layers) {
    layer.kind = LayerKind::fully_connected;
    layer.kernels = 2;
    layer.columns = 3;
    layer.weight_format.fraction_bits = 2;
  }
  network.layers[1].kind = LayerKind::pooling;
  network.layers[1].kernels = 0;
  network.layers[0].weights = 5;
  network.layers[2].weights = 6;
  return network;
}

std::vector<LayerParameters> parameters() {
  std::vector<LayerParameters> parameters(3);
  parameters[0].weights = {-1, 0, 1, 0.25, 1, -1};
  parameters[2].weights = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
  return parameters;
}

NetworkClusters clusters() {
  NetworkClusters found;
  found.layers.resize(3);
  for (const float value : {-1.0F, 0.25F, 1.0F}) {
    Cluster cluster;
    cluster.mean = value;
    cluster.lowest = value;
    cluster.highest = value;
    cluster.weights = value == 0.25F ? 1 : 2;
    found.layers[0].clustering.clusters.push_back(cluster);
  }
  return found;
}

BatchPlan plan() {
  return plan_batches(three_layers(), clusters(), {false, false, true}, BatchOrder::maxmin);
}

/// Columns and values of a cluster.
auto contents(const ClusterArrays& cluster) {
  return std::pair(cluster.arrays.value, cluster.arrays.column);
}

TEST(BatchPlan, PutsTheClusterWithTheLargerMeanFirst) {
  const BatchPlan batches = plan();
  EXPECT_EQ(batches.iterations, 2);
  EXPECT_TRUE(batches.span(0, 1, 0).holds(1));
  EXPECT_TRUE(batches.span(0, 1, 1).holds(-1));
  EXPECT_TRUE(batches.span(0, 2, 0).holds(0.25F));
  EXPECT_EQ(batches.span(0, 1, 0).weights, 2U);
  EXPECT_FALSE(batches.span(0, 1, 0).holds(0.25F));
  EXPECT_FALSE(batches.span(0, 2, 1).holds(0.25F)) << "an odd number of clusters";
}

TEST(BatchPlan, LoadsAWholeLayerWithTheFirstClusterOrNeverAgain) {
  const BatchPlan batches = plan();
  EXPECT_TRUE(batches.span(2, 1, 0).holds(-1e30F));
  EXPECT_EQ(batches.span(2, 1, 0).weights, 6U);
  EXPECT_FALSE(batches.span(2, 1, 1).holds(0.5F));
  EXPECT_FALSE(batches.span(2, 2, 0).holds(0.5F));
  EXPECT_EQ(batches.span(1, 1, 0).weights, 0U) << "pooling";
}

TEST(BatchPlan, HasOneIterationWhereNothingIsClustered) {
  EXPECT_EQ(
      plan_batches(three_layers(), clusters(), {true, false, true}, BatchOrder::maxmin).iterations,
      1);
}

TEST(KernelArrivals, SayInWhichIterationAWeightComes) {
  const Network network = three_layers();
  const auto arrivals = [&](int last) {
    return kernel_arrivals(network.layers[0], parameters()[0].weights, plan(), 0, last);
  };
  EXPECT_THAT(arrivals(2),
              ElementsAre(ElementsAre(FieldsAre(0, 1), FieldsAre(2, 1)),
                          ElementsAre(FieldsAre(0, 2), FieldsAre(1, 1), FieldsAre(2, 1))));
  EXPECT_THAT(arrivals(1), ElementsAre(ElementsAre(FieldsAre(0, 1), FieldsAre(2, 1)),
                                       ElementsAre(FieldsAre(1, 1), FieldsAre(2, 1))));
}

TEST(KernelArrivals, LeaveOutWhatRoundsToZero) {
  Layer layer = three_layers().layers[0];
  layer.weight_format.fraction_bits = 0;
  EXPECT_THAT(kernel_arrivals(layer, parameters()[0].weights, plan(), 0, 2),
              ElementsAre(ElementsAre(FieldsAre(0, 1), FieldsAre(2, 1)),
                          ElementsAre(FieldsAre(1, 1), FieldsAre(2, 1))));
}

TEST(ClusterArrays, HoldTheWeightsOfASpanAsIntegers) {
  const ClusterArrays first = cluster_arrays(three_layers(), parameters(), plan(), 1, 0);
  EXPECT_THAT(first.arrays.value, ElementsAre(4, 4, 2, 2, 2, 2, 2, 2));
  EXPECT_THAT(first.arrays.column, ElementsAre(2, 1, 0, 1, 2, 0, 1, 2));
  EXPECT_THAT(first.value_begin, ElementsAre(0, 2, 8));
  EXPECT_THAT(first.row_begin, ElementsAre(0, 2, 4));
  const ClusterArrays last = cluster_arrays(three_layers(), parameters(), plan(), 2, 0);
  EXPECT_EQ(contents(last), std::pair(std::vector<std::int32_t>{1}, std::vector<std::uint32_t>{0}));
  EXPECT_THAT(last.value_begin, ElementsAre(0, 1, 1));
}

TEST(ClusterArrays, HoldEveryWeightOfADenseLayer) {
  EXPECT_THAT(dense_weights(three_layers().layers[0], parameters()[0].weights),
              ElementsAre(-4, 0, 4, 1, 4, -4));
}

TEST(BatchReports, AddUpWhatAnIterationFetches) {
  const CrsWidths widths{4, 2};
  BatchReports reports(three_layers(), widths, 2);
  for (const int iteration : {1, 2}) {
    for (const std::size_t slot : {0U, 1U}) {
      reports.add_cluster(iteration,
                          cluster_arrays(three_layers(), parameters(), plan(), iteration, slot));
    }
  }
  const BatchReport& first = reports.layers()[0][0];
  EXPECT_EQ(first.weights, 4);
  EXPECT_EQ(first.fraction, 0.8);
  EXPECT_EQ(first.value_bytes, 16);
  EXPECT_EQ(first.column_bytes, 8);
  EXPECT_EQ(first.row_bytes, 4 * widths.row_entry_bytes()) << "two rows in either cluster";
  EXPECT_EQ(first.layer_bytes, 2 * widths.layer_entry_bytes());
  EXPECT_EQ(first.nonzero_kernels, 2);
  const BatchReport& second = reports.layers()[0][1];
  EXPECT_EQ(second.weights, 1);
  EXPECT_EQ(second.nonzero_kernels, 2) << "those of before remain";
  EXPECT_EQ(reports.layers()[1][1].weights, 0);
  EXPECT_THAT(reports.cumulative_fraction(), ElementsAre(10.0 / 11, 1.0));
}

TEST(BatchReports, CountADenseLayerWithItsZeros) {
  BatchReports reports(three_layers(), {4, 2}, 1);
  reports.add_dense(0, {0, 0, 0, 1, 0, 0});
  const BatchReport& batch = reports.layers()[0][0];
  EXPECT_EQ(batch.weights, 5) << "as the network says";
  EXPECT_EQ(batch.value_bytes, 24);
  EXPECT_EQ(batch.nonzero_kernels, 1);
}

TEST(FormattedNetwork, CountsWhatIsStored) {
  Model model = every_layer(3);
  std::vector<float>& weights = model.parameters[0].weights;
  weights[0] = 0;
  weights[1] = 1e-30F;
  const Network network = formatted_network(model, options_with("4"));
  const Layer& layer = network.layers[0];
  EXPECT_EQ(layer.zeros, 2);
  EXPECT_EQ(layer.weights, static_cast<std::int64_t>(weights.size()) - 2);
  EXPECT_GT(layer.weight_format.fraction_bits, 0);
  EXPECT_EQ(network.preprocess.mean.size(), 2U) << "one per channel";
}

TEST(WeightedLayers, AreThoseThatHaveWeights) {
  EXPECT_THAT(weighted_layers(three_layers()), ElementsAre(0, 2));
}

}  // namespace
}  // namespace airnn::test
