namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Provides the operations on registers of processors that may lack an instruction for left · right + addend.</summary>
/// <typeparam name="TVector">The register.</typeparam>
internal interface IFusedSimd<TVector> : ISimd<TVector>
    where TVector : struct
{
    /// <summary>Computes left · right + addend, rounded once, without that instruction: slowly.</summary>
    static abstract TVector FusedMultiplyAdd(TVector left, TVector right, TVector addend);
}
