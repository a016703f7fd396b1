using System.Runtime.ExceptionServices;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Holds the values of a column of one type.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="getter">Reads the input cursor's value.</param>
/// <param name="take">Copies a value that was read into a slot, which shares no memory with the source.</param>
/// <param name="copy">Copies a slot's value into one that belongs to the reader.</param>
/// <param name="slotCount">The number of rows that are held at once.</param>
internal sealed class BufferedColumn<T>(ValueGetter<T> getter, CopyValue<T> take, CopyValue<T> copy, int slotCount) : BufferedColumn
{
    private readonly T[] _values = new T[slotCount];
    private readonly ExceptionDispatchInfo?[] _errors = new ExceptionDispatchInfo?[slotCount];

    /// <summary>The last value that was read: a source may reuse it, or free it, when it is asked for the next.</summary>
    private T _read = default!;

    internal override void Read(int slot)
    {
        _errors[slot] = null;
        try
        {
            getter(ref _read);
            take(_read, ref _values[slot]);
        }
        catch (Exception e)
        {
            _errors[slot] = ExceptionDispatchInfo.Capture(e);
        }
    }

    internal override Delegate CreateGetter(Func<int> getSlot)
    {
        ValueGetter<T> get = (ref T value) =>
        {
            int slot = getSlot();
            _errors[slot]?.Throw();
            copy(_values[slot], ref value);
        };
        return get;
    }
}
