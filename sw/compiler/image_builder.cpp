// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/image_builder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "sw/compiler/batch_plan.h"
#include "sw/compiler/binned_model.h"
#include "sw/compiler/elbow.h"
#include "sw/compiler/fixed_point.h"
#include "sw/compiler/formatted_network.h"
#include "sw/compiler/image_sections.h"
#include "sw/compiler/layer_clusters.h"
#include "sw/compiler/line_coding.h"
#include "sw/compiler/network_interleaving.h"
#include "sw/compiler/network_tuning.h"
#include "sw/compiler/option_checks.h"
#include "sw/compiler/row_filling.h"
#include "sw/compiler/weighted_layers.h"
#include "sw/format/errors.h"
#include "sw/format/network_check.h"

namespace airnn {

namespace {

ClusteringOptions clustering_options(const Network& network, const CompileOptions& options,
                                     const std::vector<bool>& always_loaded) {
  ClusteringOptions clustering;
  clustering.counts = counts_per_layer(options.clusters, network);
  clustering.init = options.init;
  clustering.seed = options.seed;
  clustering.threads = options.threads;
  clustering.checkpoint = options.checkpoint;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    clustering.clustered.push_back(network.layers[i].has_weights() && !always_loaded[i]);
  }
  return clustering;
}

/// The network says how many clusters its layers have.
Network with_cluster_counts(Network network, const NetworkClusters& clusters) {
  for (const std::size_t i : weighted_layers(network)) {
    network.layers[i].clusters =
        static_cast<std::int32_t>(clusters.layers[i].clustering.clusters.size());
  }
  return network;
}

LayerReport layer_report(const Layer& layer, bool always_loaded, const LayerClusters* clusters,
                         const std::vector<BatchReport>& batches) {
  LayerReport report;
  report.name = layer.name;
  report.always_loaded = always_loaded;
  report.kernels = layer.kernels;
  report.weights = layer.weights;
  report.zeros = layer.zeros;
  report.batches = batches;
  if (clusters != nullptr) {
    report.clusters = clusters->clustering.clusters;
    report.squares = clusters->clustering.squares();
    report.curve = clusters->curve;
    report.elbow = clusters->curve.empty() ? 0 : elbow(clusters->curve);
  }
  return report;
}

/// `clusters` of scheme base has no layers.
CompileReport report_of(const Model& model, const Network& network, const ImageInfo& info,
                        const std::vector<bool>& always_loaded, const NetworkClusters& clusters,
                        const BatchReports& batches) {
  CompileReport report;
  report.scheme = info.scheme;
  report.is_sparse = info.is_sparse;
  report.policy = info.policy;
  report.widths = info.widths;
  report.iterations = info.iterations;
  report.renamed = model.renamed;
  report.cumulative_fraction = batches.cumulative_fraction();
  report.average_curve = clusters.average_curve;
  report.network_elbow = clusters.network_elbow;
  for (const std::size_t i : weighted_layers(network)) {
    report.weights += network.layers[i].weights;
    report.layers.push_back(layer_report(network.layers[i], always_loaded[i],
                                         clusters.layers.empty() ? nullptr : &clusters.layers[i],
                                         batches.layers()[report.layers.size()]));
  }
  return report;
}

void add_lines(const NetworkLines& lines, const Network& network, CompileReport& report) {
  std::size_t entry = 0;
  for (const std::size_t i : weighted_layers(network)) {
    if (!lines.empty() && lines[i].is_coded) {
      report.layers[entry].lines = lines[i].report;
    }
    ++entry;
  }
}

/// What a reader of images refuses is not written.
void check_limits(const Network& network, const ImageInfo& info, std::size_t image_bytes) {
  try {
    check_network(network);
    check_claims(network, info.iterations, image_bytes);
  } catch (const ImageError& error) {
    throw ModelError(std::string("the network cannot be an image: ") + error.what());
  }
}

/// The calibration inputs as the machine reads them.
std::vector<std::vector<std::int32_t>> integer_inputs(const CompileOptions& options,
                                                      const FixedFormat& format) {
  const double scale = scale_of(format.fraction_bits);
  std::vector<std::vector<std::int32_t>> inputs;
  for (const std::vector<float>& given : options.calibration) {
    std::vector<std::int32_t> input;
    for (const float value : given) {
      input.push_back(static_cast<std::int32_t>(
          std::clamp(quantise(value, scale), format.min_integer(), format.max_integer())));
    }
    inputs.push_back(std::move(input));
  }
  return inputs;
}

/// Those that an image without rows tells.
std::vector<std::vector<MatchRow>> rows_of(const std::vector<std::uint8_t>& bytes,
                                           const CompileOptions& options) {
  const MemoryImage image = MemoryImage::parse(bytes, "the image without rows");
  return fill_match_rows(image, integer_inputs(options, image.network().input_format),
                         static_cast<std::size_t>(options.rows), options.match, options.threads,
                         options.checkpoint);
}

/// Operands of rows may be larger than any activation, so sums are proved again.
void check_rows(const std::vector<std::uint8_t>& bytes) {
  try {
    MemoryImage::parse(bytes, "with rows");
  } catch (const ImageError& error) {
    throw ModelError(std::string("the network cannot have an associative memory: ") + error.what());
  }
}

}  // namespace

CompileResult compile(const Model& given, const CompileOptions& options) {
  ImageInfo info;
  info.scheme = options.scheme;
  info.is_sparse = options.scheme == Scheme::base && options.sparse;
  std::vector<bool> always_loaded = always_loaded_layers(options, given.network);
  check_options(options, given.network, always_loaded);
  if (info.is_sparse) {  // nothing of base is clustered: batch 1 has all
    always_loaded.assign(always_loaded.size(), true);
  }
  const Model model = options.bins == 0
                          ? given
                          : binned_model(given, options.bins, options.threads, options.checkpoint);
  info.widths = {options.precision / 8, index_bytes(options, model.network)};
  const ClusteringOptions clustering = clustering_options(model.network, options, always_loaded);

  Network network = formatted_network(model, options);
  NetworkClusters clusters;
  BatchPlan plan;
  std::vector<LayerInterleaving> groups;
  if (!info.is_dense()) {
    clusters = cluster_layers(network, model.parameters, clustering);
    network = with_cluster_counts(std::move(network), clusters);
    plan = plan_batches(network, clusters, always_loaded, options.order);
    info.iterations = plan.iterations;
  }
  const NetworkTuning tuning = tune_layers(network, options.tuned_for);
  network = tuned_network(std::move(network), model.parameters, plan, tuning);
  if (options.scheme == Scheme::interleaved) {
    info.policy = options.interleave.policy;
    groups = interleave_network(network, model.parameters, plan, options.interleave,
                                options.threads, tuning, options.checkpoint);
  }
  NetworkLines lines;
  if (options.weights == WeightForm::line) {
    info.encoding = kLineEncoding;
    lines = code_lines(network, model.parameters, info, plan, options.lines, options.threads,
                       options.checkpoint);
  }
  ImageContent content{network, model.parameters, info, tuning, plan, groups, options.bins != 0};
  content.lines = std::move(lines);
  ImageSections sections = image_sections(content, options.threads, options.checkpoint);
  if (options.rows > 0) {
    content.rows = rows_of(sections.image, options);
    sections = image_sections(content, options.threads, options.checkpoint);
    check_rows(sections.image);
  }
  check_limits(network, info, sections.image.size());
  if (!content.lines.empty()) {
    prove_lines(MemoryImage::parse(sections.image, "the image with lines"), model.parameters, plan,
                options.lines, content.lines);
  }
  CompileReport report = report_of(model, network, info, always_loaded, clusters, sections.reports);
  add_lines(content.lines, network, report);
  return {std::move(sections.image), std::move(report)};
}

}  // namespace airnn
