// SPDX-License-Identifier: Apache-2.0
//
// The buffer of one prefetcher: a ring of bursts of 64 bytes, which arrive in any order, are looked
// at from any byte on, and are given back in order. A burst that arrives is there in the same cycle.
module airnn_stream_buffer #(
    parameter int unsigned BUFFER = 8,  // bursts, a power of two
    parameter int unsigned BYTES  = 64  // that are looked at
) (
    input logic                       clk,
    input logic                       rst_n,
    input logic                       clear,       // at the edge: a fetch has ended
    input logic [$clog2(BUFFER+1)-1:0] cfg_bursts,  // at most so many are here and on their way

    input  logic                      issue,  // a read goes out
    output logic                      has_place,
    output logic [$clog2(BUFFER)-1:0] place,  // where its burst will lie

    input logic                      arrives,
    input logic [$clog2(BUFFER)-1:0] arrives_at,
    input logic [511:0]              arrives_data,

    output logic [31:0] arrived,  // bytes since the fetch began, without a gap

    input  logic [31:0]        from,    // bytes that are used up
    output logic [BYTES*8-1:0] window,  // those behind
    input  logic               free,    // at the edge: the bursts before this byte
    input  logic [31:0]        free_to
);
  localparam int unsigned PLACE = $clog2(BUFFER);
  localparam int unsigned SEEN = (BYTES + 126) / 64;  // bursts that a window may touch

  logic [511:0]      ring_r[BUFFER];
  logic [BUFFER-1:0] early_r;  // arrived behind a gap
  logic [BUFFER-1:0] early;
  logic [25:0]       issued_r, in_order_r, released_r;
  logic [25:0]       in_order;

  assign has_place = issued_r - released_r < 26'(cfg_bursts);
  assign place = issued_r[PLACE-1:0];
  assign arrived = {in_order, 6'd0};

  always_comb begin : order
    early = early_r;
    in_order = in_order_r;
    if (arrives) begin
      early[arrives_at] = 1'b1;
      for (int unsigned i = 0; i < BUFFER; i++) begin
        if (early[in_order[PLACE-1:0]]) begin
          early[in_order[PLACE-1:0]] = 1'b0;
          in_order = in_order + 26'd1;
        end
      end
    end
  end

  logic [SEEN*512-1:0] seen;
  logic [SEEN*512-1:0] shifted;
  for (genvar i = 0; i < SEEN; i++) begin : g_seen
    logic [PLACE-1:0] at;
    assign at = from[6+:PLACE] + PLACE'(i);
    assign seen[i*512+:512] = arrives && arrives_at == at ? arrives_data : ring_r[at];
  end
  assign shifted = seen >> {from[5:0], 3'd0};
  assign window = shifted[BYTES*8-1:0];

  logic unused;
  assign unused = &{1'b0, shifted, from, free_to[5:0]};

  always_ff @(posedge clk) begin
    if (arrives) ring_r[arrives_at] <= arrives_data;
    if (!rst_n || clear) begin
      early_r    <= '0;
      issued_r   <= '0;
      in_order_r <= '0;
      released_r <= '0;
    end else begin
      early_r    <= early;
      issued_r   <= issued_r + 26'(issue);
      in_order_r <= in_order;
      if (free) released_r <= free_to[31:6];
    end
  end
endmodule
