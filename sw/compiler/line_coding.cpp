// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/line_coding.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "sw/compiler/cluster_arrays.h"
#include "sw/compiler/formats.h"
#include "sw/compiler/layer_names.h"
#include "sw/compiler/parallel_for.h"
#include "sw/compiler/weighted_layers.h"
#include "sw/format/encoding/encodings.h"
#include "sw/format/errors.h"
#include "sw/format/shown_text.h"
#include "sw/format/sum_check.h"

namespace airnn {

namespace {

double range_of(const std::int32_t* weights, std::size_t count) {
  if (count == 0) {
    return 0;
  }
  const auto [low, high] = std::minmax_element(weights, weights + count);
  return static_cast<double>(*high) - static_cast<double>(*low);
}

/// Lines of one layer, and what a reader of the image needs of it to prove its sums.
class LayerCoder {
 public:
  LayerCoder(const Network& network, std::size_t index, const LayerParameters& parameters,
             const ImageInfo& info, const LineOptions& options)
      : network_(network),
        index_(index),
        layer_(network.layers[index]),
        parameters_(parameters),
        info_(info),
        options_(options),
        weights_(dense_weights(layer_, parameters.weights)),
        tolerances_(layer_, weights_, options) {}

  void code(bool is_coded, const BatchPlan& plan, LayerLines& lines) {
    lines = LayerLines();
    lines.is_coded = is_coded;
    magnitudes_.assign(static_cast<std::size_t>(layer_.kernels), 0);
    stored_ = 0;
    if (info_.is_dense()) {
      code_matrix(lines);
    } else {
      code_batches(plan, lines);
    }
    const double scale = std::ldexp(1.0, -layer_.weight_format.fraction_bits);
    lines.report.tolerance = tolerances_.largest() * scale;
    lines.report.largest_error *= scale;
    lines.report.squares *= scale * scale;
  }

  const std::vector<std::uint64_t>& magnitudes() const { return magnitudes_; }
  /// Weights that are not zero.
  std::int64_t stored() const { return stored_; }

 private:
  void code_matrix(LayerLines& lines) {
    if (lines.is_coded) {
      std::size_t step = static_cast<std::size_t>(layer_.columns);
      step = tolerances_.is_by_kernel() ? step : weights_.size();
      for (std::size_t at = 0; at < weights_.size(); at += step) {
        append(&weights_[at], step, tolerances_[at / static_cast<std::size_t>(layer_.columns)],
               kLongestSegment, lines.matrix, lines.report);
      }
    }
    const std::vector<std::int32_t>& words = lines.is_coded ? lines.matrix.words : weights_;
    for (std::size_t i = 0; i < words.size(); ++i) {
      count(words[i], i / static_cast<std::size_t>(layer_.columns));
    }
  }

  void code_batches(const BatchPlan& plan, LayerLines& lines) {
    lines.batches.resize(static_cast<std::size_t>(plan.iterations));
    for (int iteration = 1; iteration <= plan.iterations; ++iteration) {
      for (std::size_t slot = 0; slot < kSlots; ++slot) {
        const CrsCluster cluster = layer_cluster(network_, index_, parameters_.weights,
                                                 plan.span(index_, iteration, slot));
        code_cluster(cluster, lines.batches[static_cast<std::size_t>(iteration - 1)][slot],
                     lines.report);
      }
    }
  }

  void code_cluster(const CrsCluster& cluster, CodedWords& coded, LineReport& report) {
    const std::size_t rows = cluster.row.size();
    const auto begin = [&](std::size_t row) {
      return row < rows ? cluster.row[row].position : cluster.value.size();
    };
    if (!tolerances_.is_by_kernel() && rows > 0) {
      append(cluster.value.data(), cluster.value.size(), tolerances_[0], kLongestClusterSegment,
             coded, report);
    }
    for (std::size_t r = 0; tolerances_.is_by_kernel() && r < rows; ++r) {
      append(&cluster.value[begin(r)], begin(r + 1) - begin(r), tolerances_[cluster.row[r].row],
             kLongestClusterSegment, coded, report);
    }
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t i = begin(r); i < begin(r + 1); ++i) {
        count(coded.words[i], cluster.row[r].row);
      }
    }
  }

  /// Lines through weights, none of which is the last of others.
  void append(const std::int32_t* weights, std::size_t number, double tolerance,
              std::size_t longest, CodedWords& coded, LineReport& report) const {
    const LineFitting fitting = {options_.rule, tolerance, longest, info_.widths};
    const std::vector<LineSegment> segments = fit_lines(weights, number, fitting);
    const std::vector<std::int32_t> words = line_weights(segments, info_.widths);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const double error =
          std::abs(static_cast<double>(words[i]) - static_cast<double>(weights[i]));
      report.largest_error = std::max(report.largest_error, error);
      report.squares += error * error;
    }
    for (const LineSegment& segment : segments) {
      report.longest = std::max<std::int64_t>(report.longest, segment.length);
    }
    report.weights += static_cast<std::int64_t>(words.size());
    report.segments += static_cast<std::int64_t>(segments.size());
    coded.segments.insert(coded.segments.end(), segments.begin(), segments.end());
    coded.words.insert(coded.words.end(), words.begin(), words.end());
  }

  void count(std::int32_t word, std::size_t kernel) {
    const auto magnitude = static_cast<std::uint64_t>(std::abs(std::int64_t{word}));
    magnitudes_[kernel] +=
        layer_.product_table == 0 || magnitude == 0 ? magnitude : kLargestProduct;
    stored_ += word != 0 ? 1 : 0;
  }

  const Network& network_;
  const std::size_t index_;
  const Layer& layer_;
  const LayerParameters& parameters_;
  const ImageInfo& info_;
  const LineOptions& options_;
  const std::vector<std::int32_t> weights_;  ///< all of the layer
  const LineTolerances tolerances_;
  std::vector<std::uint64_t> magnitudes_;
  std::int64_t stored_ = 0;
};

/// The layer whose sums could leave 64 bits; none: the number of layers.
std::size_t overflowing_layer(const Network& network,
                              const std::vector<LayerParameters>& parameters,
                              const std::vector<std::vector<std::uint64_t>>& magnitudes) {
  SumCheck sums(network);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    try {
      sums.check(magnitudes[i], network.layers[i].has_weights()
                                    ? integer_biases(network, i, parameters[i])
                                    : std::vector<std::int64_t>());
    } catch (const ImageError&) {
      return i;
    }
  }
  return network.layers.size();
}

void take_a_fraction_bit(const Network& network, Layer& layer) {
  --layer.weight_format.fraction_bits;
  const int sum_bits =
      layer.weight_format.fraction_bits + network.format_of(layer.source).fraction_bits;
  if (layer.weight_format.fraction_bits < 0 || sum_bits < layer.output_format.fraction_bits) {
    throw ModelError("layer '" + shown(layer.name) +
                     "': no format keeps all sums of line-coded weights inside 64 bits");
  }
}

}  // namespace

double LineReport::root_mean_square() const {
  return weights == 0 ? 0 : std::sqrt(squares / static_cast<double>(weights));
}

std::vector<bool> line_layers(const LineOptions& options, const Network& network) {
  std::vector<bool> coded(network.layers.size(), false);
  const std::vector<std::size_t> weighted = weighted_layers(network);
  for (const std::string& name : options.layers) {
    const bool is_kind = name == "all" || name == "largest";
    if (is_kind && options.layers.size() > 1) {
      throw UserError("--line-layers: '" + name + "' stands alone");
    }
    if (name == "all") {
      for (const std::size_t i : weighted) {
        coded[i] = true;
      }
    } else if (name == "largest" && !weighted.empty()) {
      coded[*std::max_element(weighted.begin(), weighted.end(), [&](std::size_t a, std::size_t b) {
        return network.layers[a].kernels * network.layers[a].columns <
               network.layers[b].kernels * network.layers[b].columns;
      })] = true;
    } else {
      coded[find_weighted_layer(network, name, "--line-layers")] = true;
    }
  }
  return coded;
}

LineTolerances::LineTolerances(const Layer& layer, const std::vector<std::int32_t>& weights,
                               const LineOptions& options)
    : by_kernel_(options.range == LineRange::kernel) {
  const std::size_t step = by_kernel_ ? static_cast<std::size_t>(layer.columns)
                                      : std::max<std::size_t>(1, weights.size());
  for (std::size_t at = 0; at < weights.size(); at += step) {
    tolerances_.push_back(options.delta / 100 * range_of(&weights[at], step));
  }
}

double LineTolerances::largest() const {
  return tolerances_.empty() ? 0 : *std::max_element(tolerances_.begin(), tolerances_.end());
}

NetworkLines code_lines(Network& network, const std::vector<LayerParameters>& parameters,
                        const ImageInfo& info, const BatchPlan& plan, const LineOptions& options,
                        int threads, const Checkpoint& checkpoint) {
  const std::vector<bool> coded = line_layers(options, network);
  std::vector<std::size_t> due = weighted_layers(network);
  NetworkLines lines(network.layers.size());
  std::vector<std::vector<std::uint64_t>> magnitudes(network.layers.size());
  std::vector<std::int64_t> stored(network.layers.size(), 0);
  while (!due.empty()) {
    pass(checkpoint);
    parallel_for(due.size(), threads, [&](std::size_t entry) {
      const std::size_t i = due[entry];
      LayerCoder coder(network, i, parameters[i], info, options);
      coder.code(coded[i], plan, lines[i]);
      magnitudes[i] = coder.magnitudes();
      stored[i] = coder.stored();
    });
    due.clear();
    const std::size_t layer = overflowing_layer(network, parameters, magnitudes);
    if (layer < network.layers.size()) {
      take_a_fraction_bit(network, network.layers[layer]);
      due.push_back(layer);
    }
  }
  for (const std::size_t i : weighted_layers(network)) {
    Layer& layer = network.layers[i];
    layer.weights = stored[i];
    layer.zeros = layer.kernels * layer.columns - stored[i];
  }
  return lines;
}

}  // namespace airnn
