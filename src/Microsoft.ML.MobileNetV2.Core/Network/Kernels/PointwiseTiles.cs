using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Lists the compiled tiles of a register width and a form of <see cref="TileForms"/>.</summary>
internal static unsafe class PointwiseTiles<TSimd, TVector, TForm>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
    where TForm : unmanaged
{
    /// <summary>Gets the addresses of the tiles: first the registers of channels less one, then the pixels less one.</summary>
    internal static readonly nint[][] All = [CreateTilesOfOne(), CreateTilesOfTwo(), CreateTilesOfThree(), CreateTilesOfFour()];

    private static nint[] CreateTilesOfOne() =>
    [
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.One, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Two, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Three, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Four, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Five, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Six, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Seven, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Eight, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Nine, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Ten, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Eleven, Constants.One>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Twelve, Constants.One>,
    ];

    private static nint[] CreateTilesOfTwo() =>
    [
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.One, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Two, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Three, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Four, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Five, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Six, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Seven, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Eight, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Nine, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Ten, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Eleven, Constants.Two>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Twelve, Constants.Two>,
    ];

    private static nint[] CreateTilesOfThree() =>
    [
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.One, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Two, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Three, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Four, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Five, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Six, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Seven, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Eight, Constants.Three>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Nine, Constants.Three>,
    ];

    private static nint[] CreateTilesOfFour() =>
    [
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.One, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Two, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Three, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Four, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Five, Constants.Four>,
        (nint)(delegate*<PointwiseTileArguments*, void>)&PointwiseTile.Run<TSimd, TVector, TForm, Constants.Six, Constants.Four>,
    ];
}
