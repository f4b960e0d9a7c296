;; SHA-256 and HMAC-SHA-256 of four messages at a time: lane n of every vector belongs to the n-th message
;; (FIPS 180-4, RFC 2104). hash-many.ts writes and reads the memory, which has this layout:
;;
;;      0  the 64 round constants
;;    256  the initial state, then HMAC's outer state: 8 words each
;;    512  the four states: 8 vectors
;;    640  the four message schedules: 64 vectors
;;   2048  the length of each message in bytes: 1024 words
;;   6144  the digests, end to end: at most 1024 times 32 bytes
;;  38912  the messages, end to end
(module
  (memory (export "memory") 5 5)

  ;; Writes the eight words at $from into every lane of the states.
  (func $begin (param $from i32) (local $i i32)
    (loop $word
      (v128.store offset=512 (i32.shl (local.get $i) (i32.const 4))
        (v128.load32_splat (i32.add (local.get $from) (i32.shl (local.get $i) (i32.const 2)))))
      (br_if $word (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8)))))

  ;; Returns the sixteen bytes at $at as big-endian words, of a message with $left bytes left. The terminator follows
  ;; the message's last byte, and zeros follow the terminator. $left is at least -56 while a message takes part; the
  ;; result for one that no longer does is arbitrary.
  (func $piece (param $at i32) (param $left i32) (result v128) (local $places v128) (local $end v128)
    (local.set $places (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15))
    (local.set $left (select (local.get $left) (i32.const 16) (i32.lt_s (local.get $left) (i32.const 16))))
    (local.set $end (i8x16.splat (local.get $left)))
    (i8x16.swizzle
      (v128.or
        (v128.and (v128.load (local.get $at)) (i8x16.lt_s (local.get $places) (local.get $end)))
        (v128.and (v128.const i32x4 0x80808080 0x80808080 0x80808080 0x80808080)
          (i8x16.eq (local.get $places) (local.get $end))))
      (v128.const i8x16 3 2 1 0 7 6 5 4 11 10 9 8 15 14 13 12)))

  ;; The compression function: each state whose lane of $take is all ones absorbs the first sixteen words of its schedule.
  (func $compress (param $take v128)
    (local $i i32) (local $x v128) (local $y v128) (local $t v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (loop $expand
      (local.set $x (v128.load offset=656 (local.get $i)))
      (local.set $y (v128.load offset=864 (local.get $i)))
      (v128.store offset=896 (local.get $i)
        (i32x4.add
          (i32x4.add (v128.load offset=640 (local.get $i)) (v128.load offset=784 (local.get $i)))
          (i32x4.add
            (v128.xor
              (v128.xor
                (v128.or (i32x4.shr_u (local.get $x) (i32.const 7)) (i32x4.shl (local.get $x) (i32.const 25)))
                (v128.or (i32x4.shr_u (local.get $x) (i32.const 18)) (i32x4.shl (local.get $x) (i32.const 14))))
              (i32x4.shr_u (local.get $x) (i32.const 3)))
            (v128.xor
              (v128.xor
                (v128.or (i32x4.shr_u (local.get $y) (i32.const 17)) (i32x4.shl (local.get $y) (i32.const 15)))
                (v128.or (i32x4.shr_u (local.get $y) (i32.const 19)) (i32x4.shl (local.get $y) (i32.const 13))))
              (i32x4.shr_u (local.get $y) (i32.const 10))))))
      (br_if $expand (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 768))))
    (local.set $a (v128.load (i32.const 512)))
    (local.set $b (v128.load (i32.const 528)))
    (local.set $c (v128.load (i32.const 544)))
    (local.set $d (v128.load (i32.const 560)))
    (local.set $e (v128.load (i32.const 576)))
    (local.set $f (v128.load (i32.const 592)))
    (local.set $g (v128.load (i32.const 608)))
    (local.set $h (v128.load (i32.const 624)))
    (local.set $i (i32.const 0))
    (loop $round
      (local.set $t
        (i32x4.add
          (i32x4.add
            (i32x4.add (local.get $h) (v128.bitselect (local.get $f) (local.get $g) (local.get $e)))
            (i32x4.add
              (v128.load32_splat (i32.shr_u (local.get $i) (i32.const 2)))
              (v128.load offset=640 (local.get $i))))
          (v128.xor
            (v128.xor
              (v128.or (i32x4.shr_u (local.get $e) (i32.const 6)) (i32x4.shl (local.get $e) (i32.const 26)))
              (v128.or (i32x4.shr_u (local.get $e) (i32.const 11)) (i32x4.shl (local.get $e) (i32.const 21))))
            (v128.or (i32x4.shr_u (local.get $e) (i32.const 25)) (i32x4.shl (local.get $e) (i32.const 7))))))
      (local.set $h (local.get $g))
      (local.set $g (local.get $f))
      (local.set $f (local.get $e))
      (local.set $e (i32x4.add (local.get $d) (local.get $t)))
      (local.set $t
        (i32x4.add
          (i32x4.add
            (local.get $t)
            (v128.bitselect (local.get $c) (local.get $a) (v128.xor (local.get $a) (local.get $b))))
          (v128.xor
            (v128.xor
              (v128.or (i32x4.shr_u (local.get $a) (i32.const 2)) (i32x4.shl (local.get $a) (i32.const 30)))
              (v128.or (i32x4.shr_u (local.get $a) (i32.const 13)) (i32x4.shl (local.get $a) (i32.const 19))))
            (v128.or (i32x4.shr_u (local.get $a) (i32.const 22)) (i32x4.shl (local.get $a) (i32.const 10))))))
      (local.set $d (local.get $c))
      (local.set $c (local.get $b))
      (local.set $b (local.get $a))
      (local.set $a (local.get $t))
      (br_if $round (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (i32.const 1024))))
    (call $add (i32.const 512) (v128.and (local.get $take) (local.get $a)))
    (call $add (i32.const 528) (v128.and (local.get $take) (local.get $b)))
    (call $add (i32.const 544) (v128.and (local.get $take) (local.get $c)))
    (call $add (i32.const 560) (v128.and (local.get $take) (local.get $d)))
    (call $add (i32.const 576) (v128.and (local.get $take) (local.get $e)))
    (call $add (i32.const 592) (v128.and (local.get $take) (local.get $f)))
    (call $add (i32.const 608) (v128.and (local.get $take) (local.get $g)))
    (call $add (i32.const 624) (v128.and (local.get $take) (local.get $h))))

  (func $add (param $at i32) (param $x v128)
    (v128.store (local.get $at) (i32x4.add (v128.load (local.get $at)) (local.get $x))))

  ;; Puts the $block-th block of the messages that begin at $p, $q, $r and $s into the schedules.
  (func $gather (param $block i32) (param $length v128) (param $p i32) (param $q i32) (param $r i32) (param $s i32)
    (local $i i32) (local $at i32) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $ab v128) (local $cd v128)
    (loop $quarter
      (local.set $at (i32.add (i32.shl (local.get $block) (i32.const 6)) (i32.shr_u (local.get $i) (i32.const 2))))
      (local.set $a (call $piece (i32.add (local.get $p) (local.get $at))
        (i32.sub (i32x4.extract_lane 0 (local.get $length)) (local.get $at))))
      (local.set $b (call $piece (i32.add (local.get $q) (local.get $at))
        (i32.sub (i32x4.extract_lane 1 (local.get $length)) (local.get $at))))
      (local.set $c (call $piece (i32.add (local.get $r) (local.get $at))
        (i32.sub (i32x4.extract_lane 2 (local.get $length)) (local.get $at))))
      (local.set $d (call $piece (i32.add (local.get $s) (local.get $at))
        (i32.sub (i32x4.extract_lane 3 (local.get $length)) (local.get $at))))
      (local.set $ab
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b)))
      (local.set $cd
        (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d)))
      (v128.store offset=640 (local.get $i)
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $ab) (local.get $cd)))
      (v128.store offset=656 (local.get $i)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $ab) (local.get $cd)))
      (local.set $ab
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b)))
      (local.set $cd
        (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d)))
      (v128.store offset=672 (local.get $i)
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $ab) (local.get $cd)))
      (v128.store offset=688 (local.get $i)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $ab) (local.get $cd)))
      (br_if $quarter (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 64))) (i32.const 256)))))

  ;; Writes the first $words words of the digest of each of $count messages. The initial state has absorbed $before
  ;; bytes, 0 or 64; with 64 the digest goes through the outer state too, which makes it HMAC.
  (func (export "digest") (param $count i32) (param $before i32) (param $words i32)
    (local $next i32) (local $out i32) (local $block i32) (local $i i32)
    (local $p i32) (local $q i32) (local $r i32) (local $s i32)
    (local $length v128) (local $last v128) (local $at v128) (local $x v128) (local $n i32)
    (local.set $next (i32.const 38912))
    (local.set $out (i32.const 6144))
    (loop $four
      (local.set $length (v128.load offset=2048 (i32.shl (local.get $n) (i32.const 2))))
      (local.set $p (local.get $next))
      (local.set $q (i32.add (local.get $p) (i32x4.extract_lane 0 (local.get $length))))
      (local.set $r (i32.add (local.get $q) (i32x4.extract_lane 1 (local.get $length))))
      (local.set $s (i32.add (local.get $r) (i32x4.extract_lane 2 (local.get $length))))
      (local.set $next (i32.add (local.get $s) (i32x4.extract_lane 3 (local.get $length))))
      ;; The terminator and the length in bits take nine bytes after the message.
      (local.set $last (i32x4.shr_u (i32x4.add (local.get $length) (i32x4.splat (i32.const 8))) (i32.const 6)))
      (call $begin (i32.const 256))
      (local.set $block (i32.const 0))
      (loop $blocks
        (local.set $at (i32x4.splat (local.get $block)))
        (call $gather (local.get $block) (local.get $length)
          (local.get $p) (local.get $q) (local.get $r) (local.get $s))
        (v128.store (i32.const 880)
          (v128.or
            (v128.load (i32.const 880))
            (v128.and
              (i32x4.eq (local.get $last) (local.get $at))
              (i32x4.shl (i32x4.add (local.get $length) (i32x4.splat (local.get $before))) (i32.const 3)))))
        (call $compress (i32x4.ge_s (local.get $last) (local.get $at)))
        (local.set $block (i32.add (local.get $block) (i32.const 1)))
        (br_if $blocks (v128.any_true (i32x4.ge_s (local.get $last) (i32x4.splat (local.get $block))))))
      (if (local.get $before)
        (then
          ;; The outer block is the inner digest, the terminator and the length of 96 bytes.
          (memory.copy (i32.const 640) (i32.const 512) (i32.const 128))
          (v128.store (i32.const 768) (i32x4.splat (i32.const 0x80000000)))
          (memory.fill (i32.const 784) (i32.const 0) (i32.const 96))
          (v128.store (i32.const 880) (i32x4.splat (i32.const 768)))
          (call $begin (i32.const 288))
          (call $compress (v128.const i32x4 -1 -1 -1 -1))))
      (local.set $i (i32.const 0))
      (local.set $p (local.get $out))
      (local.set $q (i32.add (local.get $p) (i32.shl (local.get $words) (i32.const 2))))
      (local.set $r (i32.add (local.get $q) (i32.shl (local.get $words) (i32.const 2))))
      (local.set $s (i32.add (local.get $r) (i32.shl (local.get $words) (i32.const 2))))
      (local.set $out (i32.add (local.get $s) (i32.shl (local.get $words) (i32.const 2))))
      (loop $word
        (local.set $x
          (i8x16.swizzle
            (v128.load offset=512 (i32.shl (local.get $i) (i32.const 4)))
            (v128.const i8x16 3 2 1 0 7 6 5 4 11 10 9 8 15 14 13 12)))
        (v128.store32_lane 0 (i32.add (local.get $p) (i32.shl (local.get $i) (i32.const 2))) (local.get $x))
        (v128.store32_lane 1 (i32.add (local.get $q) (i32.shl (local.get $i) (i32.const 2))) (local.get $x))
        (v128.store32_lane 2 (i32.add (local.get $r) (i32.shl (local.get $i) (i32.const 2))) (local.get $x))
        (v128.store32_lane 3 (i32.add (local.get $s) (i32.shl (local.get $i) (i32.const 2))) (local.get $x))
        (br_if $word (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $words))))
      (br_if $four (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 4))) (local.get $count))))))
