// SPDX-License-Identifier: Apache-2.0
//
// The tree over the block sums of a channel unit, with a bypass at every level: one slot per cycle,
// a register behind each level. Adder i of level l adds adders 2i and 2i + 1 of the level below it;
// level 0 are the sums that come in. Lane b runs along the tree from block b on. Behind adder i two
// 2-1 multiplexers sit in the lanes of the first blocks of its halves: where the flags of the blocks
// at which the halves meet are equal, the left lane takes the sum and the right one 0; else both let
// their lanes pass.
//
// What level l = 1 .. log2 BLOCKS shows lies behind that of level l - 1 on each of the pins
// level_*; sum b of W bits is [b*W +: W].
module airnn_block_accumulator #(
    parameter int unsigned BLOCKS = 4,  // a power of two
    parameter int unsigned BITS   = 64  // of a sum; what is beyond is lost
) (
    input  logic clk,
    input  logic rst_n,
    output logic busy,  // 0: nothing is on its way

    input logic                   in_valid,
    input logic [BLOCKS-1:0]      in_flags,
    input logic [BLOCKS*BITS-1:0] in_sums,

    output logic [(BLOCKS>1?BLOCKS-1:1)-1:0]                     level_selects,  // of each adder
    output logic [(BLOCKS>1?BLOCKS-1:1)*BITS-1:0]                level_adders,
    output logic [(BLOCKS>1?$clog2(BLOCKS):1)*BLOCKS*BITS-1:0]   level_lanes,

    // log2 BLOCKS cycles behind the block sums; with one block in the same cycle.
    output logic                                out_valid,
    output logic                                out_legal,
    output logic [BLOCKS*$clog2(BLOCKS+1)-1:0]  out_blocks,  // of the run in the lane; 0: none
    output logic [BLOCKS*BITS-1:0]              out_sums     // of the run that begins in the lane
);
  localparam int unsigned LEVELS = $clog2(BLOCKS);
  localparam int unsigned ROW = BLOCKS * BITS;

  // What goes into level l + 1, level by level; the last of each comes out.
  logic [LEVELS:0]                valid;
  logic [(LEVELS+1)*BLOCKS-1:0]   flags;
  logic [(LEVELS+1)*ROW-1:0]      adders;  // of level l the first BLOCKS >> l
  logic [(LEVELS+1)*ROW-1:0]      lanes;
  logic [BLOCKS-1:0]              first;

  assign valid[0] = in_valid;
  assign flags[0+:BLOCKS] = in_flags;
  assign adders[0+:ROW] = in_sums;
  assign lanes[0+:ROW] = in_sums;

  for (genvar l = 1; l <= LEVELS; l++) begin : g_level
    localparam int unsigned ADDERS = BLOCKS >> l;
    localparam int unsigned HALF = 1 << (l - 1);
    localparam int unsigned BEFORE = BLOCKS - (BLOCKS >> (l - 1));  // adders of levels below
    logic [BLOCKS-1:0] flags_r;
    logic [ROW-1:0]    adders_r;
    logic [ROW-1:0]    lanes_r;
    logic              valid_r;
    logic [ROW-1:0]    sums;
    logic [ROW-1:0]    passed;

    always_comb begin : add
      sums   = '0;
      passed = lanes[(l-1)*ROW+:ROW];
      for (int unsigned i = 0; i < ADDERS; i++) begin
        sums[i*BITS+:BITS] = adders[(l-1)*ROW+2*i*BITS+:BITS] +
                             adders[(l-1)*ROW+(2*i+1)*BITS+:BITS];
        if (flags[(l-1)*BLOCKS+2*HALF*i+HALF-1] == flags[(l-1)*BLOCKS+2*HALF*i+HALF]) begin
          passed[2*HALF*i*BITS+:BITS]        = sums[i*BITS+:BITS];
          passed[(2*HALF*i+HALF)*BITS+:BITS] = '0;
        end
      end
    end

    always_ff @(posedge clk) begin
      valid_r  <= rst_n && valid[l-1];
      flags_r  <= rst_n ? flags[(l-1)*BLOCKS+:BLOCKS] : '0;
      adders_r <= rst_n ? sums : '0;
      lanes_r  <= rst_n ? passed : '0;
    end

    assign valid[l] = valid_r;
    assign flags[l*BLOCKS+:BLOCKS] = flags_r;
    assign adders[l*ROW+:ROW] = adders_r;
    assign lanes[l*ROW+:ROW] = lanes_r;
    assign level_adders[BEFORE*BITS+:ADDERS*BITS] = adders_r[0+:ADDERS*BITS];
    assign level_lanes[(l-1)*ROW+:ROW] = lanes_r;
    for (genvar i = 0; i < ADDERS; i++) begin : g_select
      assign level_selects[BEFORE+i] = flags_r[2*HALF*i+HALF-1] == flags_r[2*HALF*i+HALF];
    end
  end

  if (LEVELS == 0) begin : g_no_level
    logic unused;
    assign unused = &{1'b0, clk, rst_n, adders};
    assign level_selects = '0;
    assign level_adders = '0;
    assign level_lanes = '0;
    assign busy = 1'b0;
  end else begin : g_busy
    assign busy = valid[LEVELS:(LEVELS>0?1:0)] != '0;
  end

  airnn_block_flags #(
      .BLOCKS(BLOCKS)
  ) decoder (
      .flags (flags[LEVELS*BLOCKS+:BLOCKS]),
      .legal (out_legal),
      .first (first),
      .blocks(out_blocks)
  );

  assign out_valid = valid[LEVELS];
  always_comb begin : pick_runs
    for (int unsigned b = 0; b < BLOCKS; b++) begin
      out_sums[b*BITS+:BITS] = first[b] ? lanes[LEVELS*ROW+b*BITS+:BITS] : '0;
    end
  end
endmodule
