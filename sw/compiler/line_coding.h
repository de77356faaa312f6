// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sw/compiler/batch_plan.h"
#include "sw/compiler/checkpoint.h"
#include "sw/compiler/line_fitting.h"
#include "sw/compiler/line_options.h"
#include "sw/format/memory_image.h"
#include "sw/model/model.h"

namespace airnn {

/// What lines make of the weights of a layer that are stored.
struct LineReport {
  std::int64_t weights = 0;  ///< stored, zeros of matrices included
  std::int64_t segments = 0;
  std::int64_t longest = 0;  ///< weights of a segment
  double tolerance = 0;      ///< largest of the layer's, as a weight
  double largest_error = 0;  ///< as a weight
  double squares = 0;        ///< of all errors

  double root_mean_square() const;
};

/// Lines through words that follow each other, and what they are then.
struct CodedWords {
  std::vector<LineSegment> segments;
  std::vector<std::int32_t> words;
};

struct LayerLines {
  bool is_coded = false;  ///< else its weights are plain
  CodedWords matrix;      ///< scheme base
  std::vector<std::array<CodedWords, kSlots>> batches;
  LineReport report;
};

/// One per layer.
using NetworkLines = std::vector<LayerLines>;

/// Which layers the options name. Throws UserError that begins with --line-layers.
std::vector<bool> line_layers(const LineOptions& options, const Network& network);

/// The largest error that rule bound allows a weight of this kernel: by the layer's range, or the
/// kernel's.
class LineTolerances {
 public:
  LineTolerances(const Layer& layer, const std::vector<std::int32_t>& weights,
                 const LineOptions& options);
  double operator[](std::size_t kernel) const {
    return tolerances_.size() == 1 ? tolerances_.front() : tolerances_[kernel];
  }
  double largest() const;
  bool is_by_kernel() const { return by_kernel_; }

 private:
  bool by_kernel_;
  std::vector<double> tolerances_;
};

/// The compiler's stage behind groups: lines through the weights as the network's formats have
/// them. `plan` of another scheme than base. What the lines give is the network from here on: the
/// counts of its weights are corrected, and where sums could now leave 64 bits, the weights of that
/// layer get fewer fraction bits. Throws ModelError where that is impossible. The number of threads
/// does not change the result.
NetworkLines code_lines(Network& network, const std::vector<LayerParameters>& parameters,
                        const ImageInfo& info, const BatchPlan& plan, const LineOptions& options,
                        int threads, const Checkpoint& checkpoint = {});

/// Proves of an image, as its own reader has it, that every weight is within the tolerance (rule
/// bound), or that it is the one that was meant. Throws std::logic_error that names the layer.
void prove_lines(const MemoryImage& image, const std::vector<LayerParameters>& parameters,
                 const BatchPlan& plan, const LineOptions& options, const NetworkLines& lines);

}  // namespace airnn
