using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Provides numbers as types, whose size in bytes they are.</summary>
/// <remarks>
/// A kernel that is generic over a number is compiled once for each. A size is known to the compiler as soon as it reads a condition on it, so that it
/// does not even look at code for more rows than there are; a property of the type would be known only after that code was compiled.
/// </remarks>
internal static class Constants
{
    [StructLayout(LayoutKind.Sequential, Size = 1)]
    internal readonly struct One;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    internal readonly struct Two;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    internal readonly struct Three;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    internal readonly struct Four;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    internal readonly struct Five;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    internal readonly struct Six;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    internal readonly struct Seven;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    internal readonly struct Eight;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    internal readonly struct Nine;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    internal readonly struct Ten;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    internal readonly struct Eleven;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    internal readonly struct Twelve;
}
