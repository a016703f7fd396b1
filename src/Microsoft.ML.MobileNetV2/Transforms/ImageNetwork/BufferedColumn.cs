using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Buffers the values that a column has in the rows between an input cursor, which is ahead, and the reader.</summary>
internal abstract class BufferedColumn
{
    internal static BufferedColumn Create(DataViewRowCursor input, DataViewSchema.Column column, int slotCount)
    {
        Type type = column.Type.RawType;
        MethodInfo create = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>)
            ? Method(nameof(CreateVector)).MakeGenericMethod(type.GetGenericArguments())
            : Method(nameof(CreateScalar)).MakeGenericMethod(type);
        return create.CreateDelegate<Func<DataViewRowCursor, DataViewSchema.Column, int, BufferedColumn>>()(input, column, slotCount);
    }

    /// <summary>Copies the input cursor's value into a slot. An error is kept for whoever asks for this row's value.</summary>
    internal abstract void Read(int slot);

    /// <summary>Returns a <see cref="ValueGetter{TValue}"/> that copies the value of the slot that is current when it is called.</summary>
    internal abstract Delegate CreateGetter(Func<int> getSlot);

    private static MethodInfo Method(string name) => typeof(BufferedColumn).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static BufferedColumn<VBuffer<T>> CreateVector<T>(DataViewRowCursor input, DataViewSchema.Column column, int slotCount)
    {
        CopyValue<VBuffer<T>> copy = OwnedValues.CopyVector;
        CopyValue<VBuffer<T>> take = copy is CopyValue<VBuffer<ReadOnlyMemory<char>>> ? OwnedValues.TakeTexts : copy;
        return new(input.GetGetter<VBuffer<T>>(column), take, copy, slotCount);
    }

    private static BufferedColumn CreateScalar<T>(DataViewRowCursor input, DataViewSchema.Column column, int slotCount) => typeof(T) switch
    {
        Type type when type == typeof(ReadOnlyMemory<char>) => new BufferedColumn<ReadOnlyMemory<char>>(
            input.GetGetter<ReadOnlyMemory<char>>(column), OwnedValues.TakeText, OwnedValues.Copy, slotCount),
        Type type when type == typeof(MLImage) => new BufferedColumn<MLImage>(
            input.GetGetter<MLImage>(column), OwnedValues.TakeImage, OwnedValues.CopyImage, slotCount),
        _ => new BufferedColumn<T>(input.GetGetter<T>(column), OwnedValues.Copy, OwnedValues.Copy, slotCount),
    };
}
