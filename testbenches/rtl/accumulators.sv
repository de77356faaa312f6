// SPDX-License-Identifier: Apache-2.0
//
// Block accumulators of 1, 2, 4 and 8 blocks that see the same sums, for tests.
module accumulators (
    input  logic clk,
    input  logic rst_n,
    output logic busy,
    input  logic in_valid,
    input  logic [7:0] in_flags,
    input  logic [8*64-1:0] in_sums,

    output logic valid_1, legal_1,
    output logic [0:0] blocks_1,
    output logic [1*64-1:0] sums_1,
    output logic [0:0] selects_1,
    output logic [1*64-1:0] adders_1,
    output logic [1*64-1:0] lanes_1,

    output logic valid_2, legal_2,
    output logic [3:0] blocks_2,
    output logic [2*64-1:0] sums_2,
    output logic [0:0] selects_2,
    output logic [1*64-1:0] adders_2,
    output logic [2*64-1:0] lanes_2,

    output logic valid_4, legal_4,
    output logic [11:0] blocks_4,
    output logic [4*64-1:0] sums_4,
    output logic [2:0] selects_4,
    output logic [3*64-1:0] adders_4,
    output logic [8*64-1:0] lanes_4,

    output logic valid_8, legal_8,
    output logic [31:0] blocks_8,
    output logic [8*64-1:0] sums_8,
    output logic [6:0] selects_8,
    output logic [7*64-1:0] adders_8,
    output logic [24*64-1:0] lanes_8
);
  logic [3:0] busy_of;
  assign busy = busy_of != '0;

  airnn_block_accumulator #(
      .BLOCKS(1)
  ) of_1 (
      .clk, .rst_n, .busy(busy_of[0]), .in_valid,
      .in_flags(in_flags[0:0]), .in_sums(in_sums[1*64-1:0]),
      .level_selects(selects_1), .level_adders(adders_1), .level_lanes(lanes_1),
      .out_valid(valid_1), .out_legal(legal_1), .out_blocks(blocks_1), .out_sums(sums_1)
  );

  airnn_block_accumulator #(
      .BLOCKS(2)
  ) of_2 (
      .clk, .rst_n, .busy(busy_of[1]), .in_valid,
      .in_flags(in_flags[1:0]), .in_sums(in_sums[2*64-1:0]),
      .level_selects(selects_2), .level_adders(adders_2), .level_lanes(lanes_2),
      .out_valid(valid_2), .out_legal(legal_2), .out_blocks(blocks_2), .out_sums(sums_2)
  );

  airnn_block_accumulator #(
      .BLOCKS(4)
  ) of_4 (
      .clk, .rst_n, .busy(busy_of[2]), .in_valid,
      .in_flags(in_flags[3:0]), .in_sums(in_sums[4*64-1:0]),
      .level_selects(selects_4), .level_adders(adders_4), .level_lanes(lanes_4),
      .out_valid(valid_4), .out_legal(legal_4), .out_blocks(blocks_4), .out_sums(sums_4)
  );

  airnn_block_accumulator #(
      .BLOCKS(8)
  ) of_8 (
      .clk, .rst_n, .busy(busy_of[3]), .in_valid,
      .in_flags(in_flags[7:0]), .in_sums(in_sums[8*64-1:0]),
      .level_selects(selects_8), .level_adders(adders_8), .level_lanes(lanes_8),
      .out_valid(valid_8), .out_legal(legal_8), .out_blocks(blocks_8), .out_sums(sums_8)
  );
endmodule
