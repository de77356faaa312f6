// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/model/node_reader.h"

namespace airnn::graph {

// Each reads one ONNX operator and appends what it means. They throw ModelError naming the node.

void read_conv(NodeReader* node);
void read_gemm(NodeReader* node);
void read_matmul(NodeReader* node);

void read_max_pool(NodeReader* node);
void read_average_pool(NodeReader* node);
void read_global_average_pool(NodeReader* node);
void read_pad(NodeReader* node);

void read_add(NodeReader* node);
void read_batch_normalization(NodeReader* node);
void read_relu(NodeReader* node);
void read_clip(NodeReader* node);
void read_softmax(NodeReader* node);

void read_constant(NodeReader* node);
void read_pass_through(NodeReader* node);  ///< Identity, Dropout: at inference they do nothing
void read_flatten(NodeReader* node);
void read_reshape(NodeReader* node);
void read_squeeze(NodeReader* node);
void read_unsqueeze(NodeReader* node);

// What exporters write to compute the target shape of a Reshape; evaluated while reading.
void read_shape(NodeReader* node);
void read_cast(NodeReader* node);
void read_gather(NodeReader* node);
void read_slice(NodeReader* node);
void read_concat(NodeReader* node);

}  // namespace airnn::graph
