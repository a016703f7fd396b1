namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the result for one image of a sequence: a value, or the error that prevented it. Immutable.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class BatchResult<T>
{
    private readonly T? _value;

    internal BatchResult(long index, T? value, Exception? error)
    {
        Index = index;
        Error = error;
        _value = value;
    }

    /// <summary>Gets the position of the image in its sequence, from 0.</summary>
    public long Index { get; }

    /// <summary>Gets the error that prevented a value; its message names the image.</summary>
    /// <value>Null where there is a value.</value>
    public Exception? Error { get; }

    /// <summary>Gets the value.</summary>
    /// <exception cref="InvalidOperationException">There is none; <see cref="Error"/> says why.</exception>
    public T Value => Error is null
        ? _value!
        : throw new InvalidOperationException(FormattableString.Invariant($"Image {Index} has no result: {Error.Message}"), Error);

    /// <summary>Returns a result with another value for the same image.</summary>
    internal BatchResult<TOther> Select<TOther>(Func<T, TOther> convert) => new(Index, Error is null ? convert(_value!) : default, Error);
}
