using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Fuzzing;

/// <summary>Represents a parser, and how its input is damaged.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Honest">A file that is read: what it costs is what any file may cost.</param>
/// <param name="Damage">Makes an input, from its number and from what the mutator draws.</param>
/// <param name="Read">Reads an input. What it throws must be documented.</param>
/// <param name="IsDocumented">Returns whether the parser may throw an exception.</param>
internal sealed record FuzzTarget(
    string Name, byte[] Honest, Func<int, FileMutator, byte[]> Damage, Action<byte[]> Read, Func<Exception, bool> IsDocumented)
{
    internal FuzzTarget(string name, byte[] honest, Action<byte[]> read, Func<Exception, bool> isDocumented)
        : this(name, honest, (_, mutator) => mutator.Mutate(honest), read, isDocumented)
    {
    }

    /// <summary>Reads an input; false where it is refused as documented. Any other exception is a finding.</summary>
    internal bool TryRead(byte[] input)
    {
        try
        {
            Read(input);
            return true;
        }
        catch (Exception e) when (IsDocumented(e))
        {
            return false;
        }
    }
}
