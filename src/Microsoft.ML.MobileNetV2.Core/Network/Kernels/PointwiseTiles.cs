using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Lists the compiled tiles of a register width.</summary>
internal static unsafe class PointwiseTiles<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <summary>Gets the addresses of the tiles: first the registers of channels less one, then the pixels less one.</summary>
    internal static readonly nint[][] All = [CreateTilesOfOne(), CreateTilesOfTwo(), CreateTilesOfThree(), CreateTilesOfFour()];

    private static nint[] CreateTilesOfOne() =>
    [
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.One, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Two, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Three, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Four, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Five, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Six, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Seven, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Eight, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Nine, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Ten, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Eleven, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Twelve, Constants.One>,
    ];

    private static nint[] CreateTilesOfTwo() =>
    [
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.One, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Two, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Three, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Four, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Five, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Six, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Seven, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Eight, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Nine, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Ten, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Eleven, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Twelve, Constants.Two>,
    ];

    private static nint[] CreateTilesOfThree() =>
    [
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.One, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Two, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Three, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Four, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Five, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Six, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Seven, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Eight, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Nine, Constants.Three>,
    ];

    private static nint[] CreateTilesOfFour() =>
    [
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.One, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Two, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Three, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Four, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Five, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, Constants.Six, Constants.Four>,
    ];
}
