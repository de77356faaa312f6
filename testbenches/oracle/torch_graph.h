// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "testbenches/support/onnx_builder.h"

namespace onnx {
class TensorProto;
}

namespace airnn::test {

/// What differs between exports of one network.
struct TorchStyle {
  std::int64_t opset = 13;
  bool traces_shapes = false;        ///< x.size() becomes nodes; otherwise it is folded
  bool folds_normalisation = false;  ///< BatchNorm2d is folded into the convolution before it
  bool symbolic_batch = false;
  bool constants_are_nodes = true;  ///< otherwise they are initializers
};

/// Writes what torch.onnx.export writes for modules and functions of PyTorch: a network is
/// described by the calls that its forward() makes. Each call reads the present map and makes the
/// next one.
class TorchGraph {
 public:
  using Dims = std::vector<std::int64_t>;

  /// x of [1, channels, side, side].
  TorchGraph(const TorchStyle& style, std::uint32_t seed, std::int64_t channels, std::int64_t side);

  struct Conv {
    std::int64_t kernel = 3;
    std::int64_t stride = 1;
    std::int64_t padding = 0;
    std::int64_t groups = 1;
    bool bias = true;
  };

  void conv2d(std::int64_t out, const Conv& settings);
  void batch_norm();
  void conv_norm(std::int64_t out, Conv settings);  ///< Conv2d without bias, BatchNorm2d
  void relu();
  void hardtanh(float low, float high);
  void relu6() { hardtanh(0.0F, 6.0F); }
  void max_pool2d(std::int64_t kernel, std::int64_t stride, std::int64_t padding = 0,
                  bool ceil = false);
  void avg_pool2d(std::int64_t kernel, std::int64_t stride, std::int64_t padding = 0,
                  bool count_include_pad = true, bool ceil = false);
  void adaptive_avg_pool2d(std::int64_t side);
  void adaptive_max_pool2d();  ///< to one element
  void dropout();
  void identity();
  void linear(std::int64_t out);            ///< F.linear as addmm
  void linear_by_matmul(std::int64_t out);  ///< F.linear as matmul and add, weights turned
  void softmax();
  void add(const std::string& other);  ///< x + other, a map of the same shape
  void scale_channels();               ///< x * gamma, gamma of [C, 1, 1]
  void normalise_input();              ///< (x - mean) / std, of [1, C, 1, 1]

  void flatten();                    ///< torch.flatten(x, 1)
  void view_by_batch();              ///< x.view(x.size(0), -1)
  void view_by_all_sizes();          ///< x.view(x.size(0), x.size(1) * x.size(2) * ...)
  void view_by_features();           ///< x.view(-1, features)
  void squeeze_sides();              ///< x.squeeze(-1).squeeze(-1)
  void mean_of_sides(bool keepdim);  ///< x.mean([2, 3], keepdim)
  void mean_in_two_steps();          ///< x.mean(3).mean(2)
  void pad(const Dims& sides);       ///< F.pad(x, (left, right, top, bottom))

  const std::string& current() const { return builder_.current(); }
  void from(const std::string& value, const Dims& dims);
  const Dims& dims() const { return dims_; }
  std::string bytes() { return builder_.bytes(); }

 private:
  std::string integers(const Dims& values);
  std::string integer(std::int64_t value);
  std::string real(float value);
  std::string constant(const Dims& dims, const Dims& values);
  static void store(const Dims& dims, const Dims& values, onnx::TensorProto* tensor);
  void give_last_node(const Dims& dims, const Dims& values);  ///< attribute "value"
  std::string size(const std::string& of, std::int64_t axis);
  std::string unsqueezed(const std::string& scalar);
  void step(const std::string& type, const std::vector<std::string>& operands,
            const std::vector<OnnxAttribute>& attributes, const Dims& dims);
  void slide(std::int64_t kernel, std::int64_t stride, std::int64_t padding, bool ceil);
  void reduce_mean(const Dims& axes, bool keepdim, const Dims& dims);
  std::string computed_pads(const Dims& sides);

  TorchStyle style_;
  OnnxBuilder builder_;
  Dims dims_;
};

}  // namespace airnn::test
